import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {BehaviourSpec} from '../../../../src/world/actors/programs/behaviours/behaviour.ts';
import {accepts, createBehaviour} from '../../../../src/world/actors/programs/behaviours/registry.ts';

interface Outcome {
  out: string;
  finish: string | undefined;
  /** What was left unread. */
  left: number;
}

/** A driver without sockets: hands over the chunks as far as they are wanted, then the end. */
function drive(spec: BehaviourSpec, chunks: readonly Uint8Array[]): Outcome {
  const behaviour = createBehaviour(spec);
  const decoder = new TextDecoder();
  const all = {out: '', finish: undefined as string | undefined};
  const take = (step: ReturnType<typeof behaviour.open>): void => {
    for (const bytes of step.out ?? []) all.out += decoder.decode(bytes, {stream: true});
    all.finish ??= step.finish;
  };
  let left = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  take(behaviour.open());
  for (const chunk of chunks) {
    for (let at = 0; at < chunk.length && all.finish === undefined && behaviour.wants() > 0; ) {
      const part = chunk.subarray(at, at + behaviour.wants());
      take(behaviour.feed(part));
      at += part.length;
      left -= part.length;
    }
  }
  if (all.finish === undefined) take(behaviour.end());
  return {...all, left};
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const vectors: [BehaviourSpec, string, Outcome][] = [
  [{kind: 'echo'}, 'hello', {out: 'hello', finish: 'close', left: 0}],
  [{kind: 'upper'}, 'Hello, wörld {z}', {out: 'HELLO, WöRLD {Z}', finish: 'close', left: 0}],
  [{kind: 'discard'}, 'hello', {out: '', finish: 'close', left: 0}],
  [{kind: 'sink'}, 'hello', {out: '5 bytes\n', finish: 'close', left: 0}],
  [{kind: 'sink'}, '', {out: '0 bytes\n', finish: 'close', left: 0}],
  [{kind: 'reply', ask: 16, answer: 16}, 'Hi there, server', {out: 'Goodbye, client!', finish: 'close', left: 0}],
  [
    {kind: 'reply', ask: 16, answer: 16},
    'Hi there, server, and more',
    {out: 'Goodbye, client!', finish: 'close', left: 10},
  ],
  [{kind: 'reply', ask: 16, answer: 16}, 'too short', {out: '', finish: 'close', left: 0}],
  [{kind: 'reply', ask: 2, answer: 20}, 'ab', {out: 'Goodbye, client!Good', finish: 'close', left: 0}],
  [{kind: 'reply', ask: 0, answer: 3}, '', {out: 'Goo', finish: 'close', left: 0}],
  [{kind: 'close-after', bytes: 3}, 'abcdef', {out: '', finish: 'close', left: 3}],
  [{kind: 'hold'}, 'hello', {out: '', finish: undefined, left: 5}],
  [{kind: 'reset'}, '', {out: '', finish: 'reset', left: 0}],
  [{kind: 'console'}, 'hello', {out: '', finish: undefined, left: 0}],
];

describe('behaviours', () => {
  test.each(vectors)('%o given %o', (spec, input, outcome) => {
    expect(drive(spec, [bytes(input)])).toEqual(outcome);
  });

  test.each(vectors)('%o given %o cut anywhere does the same', (spec, input, outcome) => {
    const whole = bytes(input);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), {maxLength: 5}), cuts => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        expect(
          drive(
            spec,
            at.slice(1).map((end, index) => whole.subarray(at[index], end)),
          ),
        ).toEqual(outcome);
      }),
    );
  });

  test('chargen: lines of 72 characters, each starting one further, without end', () => {
    const behaviour = createBehaviour({kind: 'chargen'});
    const text = [...behaviour.open().out!, ...behaviour.room(), ...behaviour.room()]
      .map(part => new TextDecoder().decode(part))
      .join('');
    const lines = text.split('\r\n').slice(0, -1);
    expect(lines.length).toBeGreaterThan(96);
    expect(lines[0]).toBe(String.fromCharCode(...Array.from({length: 72}, (_, index) => 32 + index)));
    for (const [index, line] of lines.entries()) {
      expect(line).toMatch(/^[ -~]{72}$/);
      expect(line.charCodeAt(0)).toBe(32 + (index % 95));
    }
    expect(behaviour.feed(bytes('ignored'))).toEqual({});
  });

  test('only one never accepts', () => {
    expect(vectors.map(([spec]) => accepts(spec))).not.toContain(false);
    expect(accepts({kind: 'refuse'})).toBe(false);
  });
});
