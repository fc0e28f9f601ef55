import type {InputEvent} from './decoder/events.ts';
import type {After} from './decoder/reader.ts';

export type Background = 'light' | 'dark';

export interface BackgroundOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Sends a sequence to the terminal (`screen.send`). */
  readonly send: (sequence: string) => void;
  /** Subscribes to what the terminal sends (`screen.onInput`); gives what ends that. */
  readonly onInput: (listener: (event: InputEvent) => void) => () => void;
  readonly after: After;
}

/** Any terminal answers the second question, so its answer says that the first will not be answered any more. */
const question = '\x1b]11;?\x1b\\\x1b[c';
const patience = 300;

/** Whether the terminal's background is light or dark: asked of the terminal (OSC 11), else read from COLORFGBG. */
export async function detectBackground({
  env,
  send,
  onInput,
  after,
}: BackgroundOptions): Promise<Background | undefined> {
  return new Promise(resolve => {
    const finish = (found: Background | undefined): void => {
      cancel();
      unsubscribe();
      resolve(found ?? fromEnvironment(env.COLORFGBG));
    };
    const unsubscribe = onInput(event => {
      if (event.kind !== 'reply') return;
      if (event.reply === 'colour' && event.of === 'background') finish(fromColour(event.rgb, env));
      else if (event.reply === 'attributes') finish(undefined);
    });
    const cancel = after(patience, () => finish(undefined));
    send(question);
  });
}

/** Relative luminance (WCAG 2.2) above that of middle grey is light. tmux says pure white when it does not know. */
function fromColour(rgb: readonly [number, number, number], env: BackgroundOptions['env']): Background | undefined {
  if (env.TMUX && rgb.every(part => part === 255)) return undefined;
  const [red, green, blue] = rgb.map(part => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.18 ? 'light' : 'dark';
}

/** `foreground;background` in colour numbers, as rxvt and Konsole set it: 7 and 9 to 15 are light. */
function fromEnvironment(value: string | undefined): Background | undefined {
  const number = /(?:^|;)(\d{1,2})$/.exec(value ?? '')?.[1];
  if (number === undefined || Number(number) > 15) return undefined;
  return Number(number) === 7 || Number(number) > 8 ? 'light' : 'dark';
}
