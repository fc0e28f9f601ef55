import type {Place} from '../completions.ts';

/** Completion for zsh: `_arguments` with the flags of the place, `_describe` for its words. */
export function zshScript(places: readonly Place[]): string {
  const cases = places.map(({path, words, flags, files}) => {
    const candidates = words.map(({word, says}) => quote(says === '' ? word : `${word}:${says}`));
    const specs = flags.map(({word, says, takes, values}) => {
      const value = !takes ? '' : values.length > 0 ? `:value:(${values.join(' ')})` : ':value:_files';
      return quote(`${word}${takes ? '=' : ''}[${says.replaceAll(/[\\[\]:]/g, '\\$&')}]${value}`);
    });
    const sets = [`candidates=(${candidates.join(' ')})`, `flags=(${specs.join(' ')})`, `files=${files ? '1' : "''"}`];
    return `      ${quote(path)})\n        ${sets.join('\n        ')} ;;`;
  });
  return `#compdef wirebook
# Completion of wirebook for zsh. Made by: wirebook completions zsh
_wirebook() {
  local place='' files='' word state state_descr line context curcontext="$curcontext"
  local -a candidates flags
  local -A opt_args
  integer at ret=1
  for ((at = 2; at < CURRENT && at < 4; at++)); do
    word=\${words[at]}
    [[ $word == -* ]] && break
    place="\${place:+$place }$word"
  done
  while true; do
    case $place in
${cases.join('\n')}
      *' '*) place=\${place% *}; continue ;;
    esac
    break
  done
  _arguments -C $flags '*: :->word' && ret=0
  if [[ $state == word ]]; then
    (( $#candidates )) && _describe -t commands wirebook candidates && ret=0
    [[ -n $files ]] && _files && ret=0
  fi
  return ret
}

if [[ $funcstack[1] == _wirebook ]]; then
  _wirebook "$@"
else
  compdef _wirebook wirebook
fi
`;
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
