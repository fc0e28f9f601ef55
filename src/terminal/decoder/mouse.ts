import type {InputEvent, MouseButton, MouseEvent} from './events.ts';

const buttons: readonly MouseButton[] = ['left', 'middle', 'right', 'none'];
const wheels: readonly MouseButton[] = ['up', 'down', 'wheel-left', 'wheel-right'];
const extra: readonly MouseButton[] = ['back', 'forward', 'none', 'none'];

/** `CSI < button ; column ; row M` (press, motion) or `m` (release): xterm's SGR mouse mode 1006. */
export function sgrMouse(numbers: readonly number[], released: boolean, raw: string): InputEvent {
  const [code, column, row] = numbers;
  if (code === undefined || column === undefined || row === undefined || numbers.length !== 3 || column < 1 || row < 1)
    return {kind: 'unknown', raw};
  const which = code & 3;
  const wheel = (code & 64) !== 0;
  const moving = (code & 32) !== 0;
  const button = (wheel ? wheels : (code & 128) !== 0 ? extra : buttons)[which]!;
  return {
    kind: 'mouse',
    action: wheel ? 'wheel' : moving ? (button === 'none' ? 'move' : 'drag') : released ? 'release' : 'press',
    button,
    x: column - 1,
    y: row - 1,
    shift: (code & 4) !== 0,
    alt: (code & 8) !== 0,
    ctrl: (code & 16) !== 0,
  } satisfies MouseEvent;
}
