/**
 * The environment of a program under test: this process's, without what test runners, CI and multiplexers leave there
 * (each changes colours or makes programs think nobody looks), in a terminal that can do everything.
 */
export function terminalEnvironment(extra: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  const wanted = {TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC'};
  const all = Object.entries({...Object.fromEntries(kept), ...wanted, ...extra});
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const unwanted =
  /^(CI|CONTINUOUS_INTEGRATION|BUILD_NUMBER|RUN_ID|NO_COLOR|FORCE_COLOR|CLICOLOR(_FORCE)?|NODE_ENV|NODE_OPTIONS|VITEST.*|TEST|TMUX.*|STY|TERM_PROGRAM.*|COLUMNS|LINES|COLORFGBG|WIREBOOK.*)$/;
