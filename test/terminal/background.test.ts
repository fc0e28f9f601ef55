import {describe, expect, test} from 'vitest';
import {detectBackground} from '../../src/terminal/background.ts';
import type {InputEvent} from '../../src/terminal/decoder/events.ts';
import {InputParser} from '../../src/terminal/decoder/parser.ts';
import {FakeClock} from './fake-terminal.ts';

function ask(env: Record<string, string>) {
  const clock = new FakeClock();
  const listeners = new Set<(event: InputEvent) => void>();
  let sent = '';
  const found = detectBackground({
    env,
    send: text => {
      sent += text;
    },
    onInput: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    after: clock.after,
  });
  const answer = (text: string) => {
    for (const event of new InputParser().push(Buffer.from(text)))
      for (const listener of [...listeners]) listener(event);
  };
  return {clock, found, answer, listeners, sent: () => sent};
}

describe('detectBackground', () => {
  test.each([
    ['rgb:0000/0000/0000', 'dark'],
    ['rgb:1e1e/1e1e/2e2e', 'dark'],
    ['rgb:ffff/ffff/ffff', 'light'],
    ['rgb:fdfd/f6f6/e3e3', 'light'],
    ['rgb:0000/2b2b/3636', 'dark'],
    ['rgb:f/f/f', 'light'],
  ])('%s is %s', async (colour, wanted) => {
    const {answer, clock, found, listeners, sent} = ask({});
    expect(sent()).toBe('\x1b]11;?\x1b\\\x1b[c');
    answer(`\x1b]11;${colour}\x1b\\\x1b[?62c`);
    expect(await found).toBe(wanted);
    expect([clock.waiting, listeners.size]).toEqual([0, 0]);
  });

  test('a terminal that only answers the second question is not waited for', async () => {
    const {answer, clock, found} = ask({COLORFGBG: '0;15'});
    answer('a\x1b[?62c');
    expect(await found).toBe('light');
    expect(clock.waiting).toBe(0);
  });

  test('a terminal that answers nothing is waited for 300 ms', async () => {
    const {clock, found, listeners} = ask({});
    clock.advance(299);
    expect(listeners.size).toBe(1);
    clock.advance(1);
    expect(await found).toBeUndefined();
    expect([clock.waiting, listeners.size]).toEqual([0, 0]);
  });

  test('tmux says pure white when it does not know', async () => {
    const {answer, found} = ask({TMUX: '/tmp/tmux', COLORFGBG: '15;0'});
    answer('\x1b]11;rgb:ffff/ffff/ffff\x1b\\');
    expect(await found).toBe('dark');
  });

  test.each([
    ['15;0', 'dark'],
    ['0;15', 'light'],
    ['0;default;7', 'light'],
    ['15;8', 'dark'],
    ['default;default', undefined],
    ['0;99', undefined],
  ])('COLORFGBG %s says %s', async (value, wanted) => {
    const {clock, found} = ask({COLORFGBG: value});
    clock.advance(300);
    expect(await found).toBe(wanted);
  });
});
