import type {ColourLevel} from './colour.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals that show true colour and do not all say so in COLORTERM. */
const trueColourTerms = /^(xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)|-direct/;

/**
 * How many colours to use. FORCE_COLOR (0 to 3) wins, then NO_COLOR (no-color.org: set and not empty), then what the
 * terminal says of itself in COLORTERM, TERM_PROGRAM and TERM. None when the output is no terminal.
 */
export function colourLevel(env: Environment, isTerminal: boolean): ColourLevel {
  return forced(env.FORCE_COLOR) ?? (env.NO_COLOR || !isTerminal ? 0 : offered(env));
}

function forced(value: string | undefined): ColourLevel | undefined {
  if (value === undefined) return undefined;
  if (value === '' || value === 'true') return 1;
  if (value === 'false') return 0;
  const level = Number(value);
  return level === 0 || level === 1 || level === 2 || level === 3 ? level : undefined;
}

function offered(env: Environment): ColourLevel {
  const term = env.TERM ?? '';
  if (term === 'dumb') return 0;
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? '') || env.WT_SESSION !== undefined || trueColourTerms.test(term))
    return 3;
  if (env.TERM_PROGRAM === 'iTerm.app' || env.TERM_PROGRAM === 'WezTerm' || env.TERM_PROGRAM === 'ghostty') return 3;
  if (/256/.test(term) || env.TERM_PROGRAM === 'Apple_Terminal') return 2;
  return 1;
}
