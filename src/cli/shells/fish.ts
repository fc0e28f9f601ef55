import type {Place} from '../completions.ts';

/** Completion for fish: one condition for each place, and a line for each thing that can be typed there. */
export function fishScript(places: readonly Place[]): string {
  const lines = places.flatMap(place => {
    const here = `-n ${quote(`__wirebook_at ${place.path}`.trim())}`;
    const noFiles = place.files ? [] : [`complete -c wirebook ${here} -f`];
    const words = place.words.map(({word, says}) => `complete -c wirebook ${here} -a ${quote(word)}${saying(says)}`);
    const flags = place.flags.map(({word, says, takes, values}) => {
      const value = !takes ? '' : values.length > 0 ? ` -x -a ${quote(values.join(' '))}` : ' -r';
      return `complete -c wirebook ${here} -l ${word.slice(2)}${value}${saying(says)}`;
    });
    return [...noFiles, ...words, ...flags];
  });
  const two = places.filter(({path}) => path.includes(' ')).map(({path}) => quote(path));
  return `# Completion of wirebook for fish. Made by: wirebook completions fish
set -g __wirebook_pairs ${two.join(' ')}

# True when the words so far lead to this place.
function __wirebook_at
    set -l words (commandline -opc)[2..-1]
    set -l path
    for word in $words
        string match -q -- '-*' $word; and break
        test (count $path) -lt 2; or break
        set -a path $word
    end
    if test (count $path) -eq 2; and not contains -- "$path" $__wirebook_pairs
        set path $path[1]
    end
    test "$path" = "$argv"
end

${lines.join('\n')}
`;
}

const saying = (says: string) => (says === '' ? '' : ` -d ${quote(says)}`);

/** Inside single quotes fish knows only \\\\ and \\'. */
const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
