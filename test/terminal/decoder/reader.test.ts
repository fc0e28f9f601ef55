import {describe, expect, test} from 'vitest';
import {chord, type InputEvent} from '../../../src/terminal/decoder/events.ts';
import {escapeDelay, InputReader} from '../../../src/terminal/decoder/reader.ts';
import {FakeClock} from '../fake-terminal.ts';

function setup(delay?: number) {
  const clock = new FakeClock();
  const events: InputEvent[] = [];
  const reader = new InputReader({
    emit: event => events.push(event),
    after: clock.after,
    ...(delay === undefined ? {} : {escapeDelay: delay}),
  });
  const names = () => events.splice(0).map(event => (event.kind === 'key' ? chord(event) : event.kind));
  return {clock, names, send: (text: string) => reader.push(Buffer.from(text))};
}

describe('InputReader', () => {
  test('a lone Escape is a key after the delay, not before', () => {
    const {clock, names, send} = setup();
    send('\x1b');
    clock.advance(19);
    expect(names()).toEqual([]);
    clock.advance(1);
    expect(names()).toEqual(['escape']);
    expect(clock.waiting).toBe(0);
  });

  test('what comes within the delay belongs to the Escape', () => {
    const {clock, names, send} = setup(50);
    send('\x1b');
    clock.advance(49);
    send('[A');
    clock.advance(1000);
    expect(names()).toEqual(['up']);
  });

  test('two Escapes at the same time are two keys', () => {
    const {clock, names, send} = setup();
    send('\x1b\x1b');
    clock.advance(100);
    expect(names()).toEqual(['escape', 'escape']);
  });

  test('a mouse report in pieces 400 ms apart does not leak as text', () => {
    const {clock, names, send} = setup();
    for (const piece of ['\x1b[<0', ';1', '0;5', 'M']) {
      send(piece);
      clock.advance(400);
    }
    expect(names()).toEqual(['mouse']);
  });

  test('keys are given at once and leave no timer', () => {
    const {clock, names, send} = setup();
    send('jk\x1b[A');
    expect(names()).toEqual(['j', 'k', 'up']);
    expect(clock.waiting).toBe(0);
  });

  test('a paste waits for its end through pauses', () => {
    const {clock, names, send} = setup();
    send('\x1b[200~one');
    clock.advance(4000);
    send(' two');
    clock.advance(4000);
    expect(names()).toEqual([]);
    send('\x1b[201~');
    expect(names()).toEqual(['paste']);
    expect(clock.waiting).toBe(0);
  });

  test('over SSH an Escape is waited for longer', () => {
    expect([escapeDelay({}), escapeDelay({SSH_CONNECTION: '1 2 3 4'}), escapeDelay({SSH_TTY: '/dev/pts/1'})]).toEqual([
      20, 50, 50,
    ]);
  });
});

describe('chord', () => {
  const plain = {ctrl: false, alt: false, shift: false};
  test.each([
    [{...plain, key: 'a'}, 'a'],
    [{...plain, key: 'Y', shift: true}, 'Y'],
    [{...plain, key: 'f5'}, 'F5'],
    [{...plain, key: 'f12', ctrl: true, shift: true}, 'ctrl+shift+F12'],
    [{...plain, key: 'tab', shift: true}, 'shift+tab'],
    [{...plain, key: 'c', ctrl: true}, 'ctrl+c'],
    [{...plain, key: 'X', alt: true, shift: true}, 'alt+X'],
    [{...plain, key: 'up', ctrl: true, alt: true}, 'ctrl+alt+up'],
    [{...plain, key: 'f'}, 'f'],
    [{...plain, key: '😀'}, '😀'],
  ])('%j is %s', (event, name) => {
    expect(chord(event)).toBe(name);
  });
});
