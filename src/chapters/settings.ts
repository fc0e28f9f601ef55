import {choiceField, flagField, integerField} from './fields.ts';

/** What the configuration file and the environment may set; the same fields make its schema and its help. */
export const settings = {
  theme: choiceField({
    label: 'Theme',
    options: ['terminal', 'light', 'dark', 'contrast'],
    default: 'terminal',
    hint: 'terminal: your own 16 colours',
  }),
  colour: choiceField({
    label: 'Colour',
    options: ['auto', 'never', '16', '256', 'true'],
    default: 'auto',
    hint: 'NO_COLOR=1 also means never',
  }),
  mouse: flagField({label: 'Mouse', default: true, hint: 'M turns it off and on while running'}),
  ascii: flagField({label: 'ASCII only', default: false, hint: 'no box lines, blocks or arrows'}),
  framesPerSecond: integerField({label: 'Frames per second', default: 60, from: 1, to: 60}),
  screenReader: flagField({
    label: 'Screen reader',
    default: false,
    hint: 'lines that are only ever added, numbered menus',
  }),
  escapeMilliseconds: integerField({label: 'Escape delay', default: 25, from: 5, to: 500, unit: 'ms'}),
} as const;

/** Keys given to actions instead of their own: `{"shell.palette": ":", "tcp.half-close.send": "s"}`. */
export type KeyMap = Readonly<Record<string, string>>;

export interface Config {
  readonly theme: 'terminal' | 'light' | 'dark' | 'contrast';
  readonly colour: 'auto' | 'never' | '16' | '256' | 'true';
  readonly mouse: boolean;
  readonly ascii: boolean;
  readonly framesPerSecond: number;
  readonly screenReader: boolean;
  readonly escapeMilliseconds: number;
  readonly keys: KeyMap;
}
