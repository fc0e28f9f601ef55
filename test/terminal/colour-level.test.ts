import {expect, test} from 'vitest';
import {colourLevel} from '../../src/terminal/colour-level.ts';

test.each([
  [{TERM: 'xterm'}, true, 1],
  [{TERM: 'xterm-256color'}, true, 2],
  [{TERM: 'screen-256color'}, true, 2],
  [{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, true, 3],
  [{TERM: 'xterm', COLORTERM: '24bit'}, true, 3],
  [{TERM: 'xterm-kitty'}, true, 3],
  [{TERM: 'xterm-direct'}, true, 3],
  [{TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app'}, true, 3],
  [{TERM_PROGRAM: 'Apple_Terminal'}, true, 2],
  [{WT_SESSION: 'x'}, true, 3],
  [{TERM: 'linux'}, true, 1],
  [{TERM: 'dumb', COLORTERM: 'truecolor'}, true, 0],
  [{}, true, 1],
  [{TERM: 'xterm-256color'}, false, 0],
  [{TERM: 'xterm-256color', NO_COLOR: '1'}, true, 0],
  [{TERM: 'xterm-256color', NO_COLOR: ''}, true, 2],
  [{NO_COLOR: '1', FORCE_COLOR: '2'}, false, 2],
  [{FORCE_COLOR: ''}, false, 1],
  [{FORCE_COLOR: 'true'}, false, 1],
  [{FORCE_COLOR: '3'}, false, 3],
  [{FORCE_COLOR: '0', COLORTERM: 'truecolor'}, true, 0],
  [{FORCE_COLOR: 'false', COLORTERM: 'truecolor'}, true, 0],
  [{FORCE_COLOR: 'maybe', TERM: 'xterm'}, true, 1],
] as const)('%j, terminal %s: level %i', (env, isTerminal, level) => {
  expect(colourLevel(env, isTerminal)).toBe(level);
});
