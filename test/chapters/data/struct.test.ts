import {describe, expect, test} from 'vitest';
import {type StructState, structExperiment} from '../../../src/chapters/data/struct.ts';
import type {StructAsk} from '../../../src/chapters/data/struct-shape.ts';
import {repr} from '../../../src/wire/python/repr.ts';
import type {PyValue} from '../../../src/wire/python/value.ts';
import {chosen, type StructCase} from '../../wire/struct/cases.ts';
import {running} from './running.ts';
import {answerOf} from './struct-asking.ts';

const stateOf = (run: {state: unknown}) => run.state as StructState;

describe('what CPython says, through the experiment', () => {
  const asked = chosen.filter(({op, values}) => op !== 'pack_into' && (values ?? []).every(isLiteral));

  test('there are enough cases', () => expect(asked.length).toBeGreaterThan(230));

  test('every one of them: the bytes, the values, or the same error', () => {
    const wrong = asked.flatMap(one => {
      const got = answerOf(askFor(one));
      const wanted = wantedOf(one);
      return got === wanted ? [] : [{format: one.format, op: one.op, got, wanted}];
    });
    expect(wrong).toEqual([]);
  });
});

interface TaggedValue {
  readonly t: string;
  readonly v: unknown;
  readonly bits?: string;
}

/** Whether a value can be typed: a NaN of its own bits, or an object that is not plain, cannot. */
function isLiteral(value: unknown): boolean {
  const {t, v} = value as TaggedValue;
  if (t === 'float' && v === 'nan') return (value as TaggedValue).bits === '7ff8000000000000';
  return ['int', 'float', 'bytes', 'bytearray', 'bool', 'str', 'none'].includes(t);
}

function literal(value: unknown): string {
  const {t, v, bits} = value as TaggedValue;
  if (t === 'float') return repr({t: 'float', v: Buffer.from(bits!, 'hex').readDoubleBE()});
  if (t === 'int') return String(v);
  if (t === 'bytes' || t === 'bytearray') return repr({t, v: Uint8Array.from(Buffer.from(String(v), 'hex'))});
  return repr((t === 'none' ? {t} : {t, v}) as PyValue);
}

function askFor({op, format, values, data, offset}: StructCase): StructAsk {
  const typed = op === 'pack' ? (values ?? []).map(literal).join(', ') : (data ?? '');
  return {op: op as StructAsk['op'], format, values: typed, offset: Number(offset ?? 0), python: '3.13'};
}

function wantedOf({op, expect: wanted}: StructCase): string {
  const {result, error, message} = wanted as {result?: TaggedValue; error?: string; message?: string};
  if (result === undefined) return `${error}: ${message}`;
  if (op === 'pack' || op === 'calcsize') return String(result.v);
  const tuple = ({v}: TaggedValue) => {
    const items = (v as TaggedValue[]).map(literal);
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
  };
  return op === 'iter_unpack' ? (result.v as TaggedValue[]).map(tuple).join('\n') : tuple(result);
}

describe('events', () => {
  test('fields, padding and both orders of an aligned format', () =>
    running(structExperiment, {format: '@bh2xi', values: '1, 2, 3'}, run => {
      const {answer} = stateOf(run);
      expect(answer?.fields.map(({offset, size, code, padding}) => [offset, size, code, padding])).toEqual([
        [0, 1, 'b', undefined],
        [1, 1, '', 'alignment'],
        [2, 2, 'h', undefined],
        [4, 2, 'x', 'x'],
        [6, 2, '', 'alignment'],
        [8, 4, 'i', undefined],
      ]);
      expect(answer?.little).toBe('010200000003000000');
      expect(answer?.big).toBe('010002000000000003');
      expect(answer?.fields[2]?.at).toEqual([2, 3]);
    }));

  test('a long run is one row, and 2^63 is exact', () =>
    running(structExperiment, {op: 'calcsize', format: '9223372036854775800b'}, run => {
      const {answer} = stateOf(run);
      expect(answer).toMatchObject({size: '9223372036854775800', items: '9223372036854775800', more: 0});
      expect(answer?.fields).toHaveLength(1);
      expect(answer?.fields[0]).toMatchObject({count: '9223372036854775800', code: 'b'});
    }));

  test('integers beyond 2^53 keep every digit', () =>
    running(structExperiment, {format: '>qQ', values: '-9007199254740993, 18446744073709551615'}, run => {
      expect(stateOf(run).answer?.values).toEqual(['-9007199254740993', '18446744073709551615']);
    }));

  test('unpack_from counts a negative offset from the end, and says where it began', () =>
    running(structExperiment, {op: 'unpack_from', format: '<h', values: '01 00 ff 7f', offset: -2}, run => {
      expect(stateOf(run).answer).toMatchObject({start: 2, values: ['32767']});
      expect(stateOf(run).answer?.fields[0]?.offset).toBe(2);
    }));

  test('a million records are counted, and only some listed', () =>
    running(structExperiment, {op: 'iter_unpack', format: 'b', values: '01'.repeat(10_000)}, run => {
      const {answer} = stateOf(run);
      expect(answer).toMatchObject({records: 10_000, more: 10_000 - 4096});
      expect(answer?.values).toHaveLength(4096);
      expect(answer!.fields.length + answer!.moreFields).toBe(4096);
    }));
});

describe('mistakes', () => {
  test.each([
    ['<iz', '1', 'format', [2, 3], 'bad char in struct format'],
    ['<i3', '1', 'format', [2, 3], 'repeat count given without format specifier'],
    ['<iH', '1, 70000', 'format', [2, 3], "'H' format requires 0 <= number <= 65535"],
    ['<2i3s', "1, 2, 'abc'", 'format', [3, 5], "argument for 's' must be a bytes object"],
    [
      '<i\u20ac',
      '1',
      'format',
      [2, 3],
      "'ascii' codec can't encode character '\\u20ac' in position 2: ordinal not in range(128)",
    ],
  ])('%s with %s is marked', (format, values, field, at, message) =>
    running(structExperiment, {format, values}, run => {
      const {refused} = stateOf(run);
      expect(refused).toMatchObject({field, message, text: format, at: at[0], end: at[1]});
      expect(format.slice(at[0], at[1])).not.toBe('');
    }),
  );

  test('a word that is no literal, and hex that is none, are ours: with a place and what to write', async () => {
    await running(structExperiment, {format: '3s', values: 'babc'}, run => {
      expect(stateOf(run).refused).toMatchObject({field: 'values', at: 0, message: 'babc is not a value.'});
      expect(stateOf(run).refused?.class).toBeUndefined();
      expect(stateOf(run).refused?.next).toContain(`"b'abc'"`);
    });
    await running(structExperiment, {op: 'unpack', format: '<h', values: '0 xy'}, run => {
      expect(stateOf(run).refused?.class).toBeUndefined();
      expect(stateOf(run).refused?.field).toBe('values');
    });
  });

  test('the last good answer stays', () =>
    running(structExperiment, {}, run => {
      const {answer} = stateOf(run);
      run.reask({...run.ask, format: '<iz'});
      expect(stateOf(run).refused?.class).toBe('struct.error');
      expect(stateOf(run).answer).toBe(answer);
      run.reask({...run.ask, format: '<iH3s'});
      expect(stateOf(run).refused).toBeUndefined();
    }));

  test('a struct that no memory holds is refused, not attempted', () =>
    running(structExperiment, {format: '99999999x', values: ''}, run => {
      expect(stateOf(run).refused?.message).toBe('This struct has more than 16777216 bytes.');
    }));
});

describe('editing', () => {
  const edit = (offset: number, value: number) => ({action: 'edit', args: {offset, value}});

  test('a byte of what was packed: the value changes, in the form too', () =>
    running(structExperiment, {}, async run => {
      expect(await run.act(edit(1, 0xff))).toBeUndefined();
      const state = stateOf(run);
      expect(run.experiment.settled?.(state as never)).toEqual({values: "65437, 80, b'abc'"});
      expect(Buffer.from(run.journal.bytesOf(state.answer!)!).toString('hex')).toBe('9dff00005000616263');
      await run.act(edit(6, 0x41));
      expect(stateOf(run).typed.values).toBe("65437, 80, b'Abc'");
    }));

  test.each([
    ['unpack', '<i', '9d100000', 0, '9e100000', '(4254,)'],
    ['unpack_from', '<h', 'ff0100', 1, 'ff9e00', '(158,)'],
    ['iter_unpack', '<h', '01000200', 2, '01009e00', '(1,)\n(158,)'],
  ] as const)('a byte of what %s reads', (op, format, values, offset, hex, printed) =>
    running(structExperiment, {op, format, values, offset: op === 'unpack_from' ? 1 : 0}, async run => {
      await run.act(edit(offset, 0x9e));
      expect(stateOf(run).typed).toEqual({values: hex});
      expect(structExperiment.line(stateOf(run).answer!, undefined, run.ask as StructAsk)).toBe(printed);
    }),
  );

  test('what pack would not write is kept and said: padding, a bool of 2, the payload of a NaN', async () => {
    for (const [format, values, offset, value, kept] of [
      ['b3x', '1', 2, 9, '01000900'],
      ['?', 'True', 0, 2, '02'],
      ['<f', 'nan', 0, 5, '0500c07f'],
    ] as const)
      await running(structExperiment, {format, values}, async run => {
        await run.act(edit(offset, value));
        const {answer} = stateOf(run);
        expect(Buffer.from(run.journal.bytesOf(answer!)!).toString('hex')).toBe(kept);
        expect(answer?.repacked).toBeDefined();
        expect(answer?.repacked).not.toBe(kept);
      });
  });

  test('a byte that is not there, and an operation without bytes', async () => {
    await running(structExperiment, {}, async run =>
      expect(await run.act(edit(99, 0))).toMatchObject({code: 'struct.offset', says: 'There is no byte 99'}),
    );
    await running(structExperiment, {op: 'calcsize'}, async run =>
      expect(await run.act(edit(0, 0))).toMatchObject({says: 'calcsize has no bytes: choose pack or unpack'}),
    );
  });

  test('the other byte order keeps the values', () =>
    running(structExperiment, {}, async run => {
      await run.act({action: 'order'});
      expect(stateOf(run).typed).toEqual({format: '>iH3s'});
      expect(stateOf(run).answer?.values).toEqual(['4253', '80', "b'abc'"]);
      expect(Buffer.from(run.journal.bytesOf(stateOf(run).answer!)!).toString('hex')).toBe('0000109d0050616263');
    }));

  test('turning the direction turns the values into bytes and back', () =>
    running(structExperiment, {}, run => {
      run.reask({...run.ask, op: 'unpack'});
      expect(stateOf(run).typed).toEqual({values: '9d1000005000616263'});
      run.reask({...run.ask, op: 'pack', values: '9d1000005000616263'});
      expect(stateOf(run).typed).toEqual({values: "4253, 80, b'abc'"});
      expect(stateOf(run).refused).toBeUndefined();
    }));

  test('what was typed after that is not taken away', () =>
    running(structExperiment, {}, async run => {
      await run.act(edit(0, 1));
      run.reask({...run.ask, values: '1,'});
      expect(stateOf(run).typed).toEqual({});
    }));

  test('the events alone give the same state again', () =>
    running(structExperiment, {}, async run => {
      await run.act(edit(0, 1));
      run.reask({...run.ask, format: 'z'});
      let replayed: StructState = structExperiment.start(run.ask as StructAsk);
      for (let seq = run.journal.first; seq < run.journal.next; seq++)
        replayed = structExperiment.reduce(replayed, run.journal.get(seq) as never);
      expect(JSON.stringify(replayed)).toBe(JSON.stringify(run.state));
    }));
});
