import type {Place} from '../completions.ts';

/** Completion for bash: a table of places, and one function that finds the place the cursor is in. */
export function bashScript(places: readonly Place[]): string {
  const cases = places.map(({path, words, flags, files}) => {
    const listed = [...words.map(({word}) => word), ...flags.map(({word}) => word)].join(' ');
    return `    ${quote(path)}) words=${quote(listed)}; files=${files ? 1 : ''} ;;`;
  });
  const values = places.flatMap(({path, flags}) =>
    flags
      .filter(flag => flag.takes)
      .map(flag => `    ${quote(`${path} ${flag.word}`.trim())}) words=${quote(flag.values.join(' '))}; value=1 ;;`),
  );
  return `# Completion of wirebook for bash. Made by: wirebook completions bash
_wirebook() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local path='' words='' files='' value='' word at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD && at < 3; at++)); do
    word=\${COMP_WORDS[at]}
    [[ $word == -* ]] && break
    path="\${path:+$path }$word"
  done
  while :; do
    case $path in
${indent(cases)}
      *' '*) path=\${path% *}; continue ;;
    esac
    break
  done
  if [[ $previous == --* ]]; then
    case "\${path:+$path }$previous" in
${indent(values)}
    esac
  fi
  [[ $current == -* && -z $value ]] && files=''
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $files || ( -n $value && -z $words ) ]] && ((\${#COMPREPLY[@]} == 0)); then
    COMPREPLY=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _wirebook wirebook
`;
}

const indent = (lines: readonly string[]) => lines.map(line => `  ${line}`).join('\n');

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
