import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type NumberState, numberExperiment} from '../../../src/chapters/data/number.ts';
import {describeSubject, readSubject} from '../../../src/chapters/data/number-describe.ts';
import {numberEquivalents} from '../../../src/chapters/data/number-equivalents.ts';
import type {NumberAsk, NumberFields} from '../../../src/chapters/data/number-shape.ts';
import {spaced} from '../../../src/chapters/data/number-text.ts';
import {linesOf, wirebook} from '../../support/fake-io.ts';
import {has, runNode, running, runPython} from './running.ts';

const asked = (value: string, as: NumberAsk['as'] = 'python', width: NumberAsk['width'] = 'auto'): NumberAsk => ({
  value,
  as,
  width,
});

function told(ask: NumberAsk): NumberFields {
  const subject = readSubject(ask);
  if (!('type' in subject)) throw new Error(subject.message);
  return describeSubject(subject, ask.width);
}

const stateOf = (run: {state: unknown}) => run.state as NumberState;

describe('integers', () => {
  test('in every base, as Python prints them', () => {
    expect(told(asked('-4253'))).toMatchObject({
      hex: '-0x109d',
      oct: '-0o10235',
      bin: '-0b1000010011101',
      bitLength: 13,
    });
    expect(told(asked('109d', 'hex')).value).toBe('4253');
    expect(told(asked('0b1010')).value).toBe('10');
    expect(told(asked('777', 'oct')).value).toBe('511');
    expect(told(asked('101', 'bin')).value).toBe('5');
    expect(told(asked('18446744073709551616')).value).toBe('18446744073709551616');
  });

  test('the fewest bits that hold it, and what does not', () => {
    const bitsOf = (value: string) => told(asked(value)).bits.length;
    expect(['0', '255', '256', '-128', '-129', '4294967296', '-9223372036854775808'].map(bitsOf)).toEqual([
      8, 8, 16, 8, 16, 64, 64,
    ]);
    expect(bitsOf('18446744073709551616')).toBe(128);
    expect(told(asked(`0x1${'0'.repeat(300)}`)).bits).toBe('');
    expect(told(asked('4253', 'python', '8'))).toMatchObject({bits: '10011101', fits: false});
    expect(told(asked('4253')).words.map(({fits}) => fits)).toEqual(['no', ...Array(3).fill('signed and unsigned')]);
    expect(told(asked('-1')).words[0]).toMatchObject({signed: '-1', unsigned: '255', big: 'ff', codes: 'b'});
  });

  test('an integer that no double holds says which one is nearest', () => {
    const double = told(asked('9007199254740993')).floats.find(({format}) => format === 'double');
    expect(double).toMatchObject({holds: false, says: 'A double holds 9007199254740992 instead: the nearest it has.'});
  });

  test('too long a number is refused before it costs anything', () => {
    expect(readSubject(asked(`0x${'f'.repeat(20_000)}`))).toMatchObject({message: 'This number is too long.'});
  });
});

describe('floats', () => {
  test('sign, exponent, fraction and the exact value', () => {
    const {floats, spans, bits} = told(asked('0.1'));
    expect(bits).toBe('0011111110111001100110011001100110011001100110011001100110011010');
    expect(spans.map(({name, start, end}) => [name, start, end])).toEqual([
      ['sign', 0, 1],
      ['exponent', 1, 12],
      ['fraction', 12, 64],
    ]);
    expect(floats.find(({format}) => format === 'double')?.exact).toBe(
      '0.1000000000000000055511151231257827021181583404541015625',
    );
    expect(floats.find(({format}) => format === 'half')).toMatchObject({big: '2e66', holds: false});
  });

  test('a format that cannot hold it says so, and its bits are those of a double', () => {
    expect(told(asked('1e39', 'python', '32'))).toMatchObject({fits: true});
    expect(told(asked('1e39', 'python', '32')).bits).toHaveLength(64);
    expect(told(asked('1.5', 'python', '16')).bits).toBe('0011111000000000');
    expect(told(asked('3', 'float')).type).toBe('float');
    expect(told(asked('inf')).bits.startsWith('011111111111')).toBe(true);
  });
});

describe('bytes', () => {
  test('read in both orders, as integers and as a float', () => {
    expect(told(asked('10 9d', 'bytes'))).toMatchObject({
      value: '109d',
      readings: [
        {order: 'big', unsigned: '4253', signed: '4253'},
        {order: 'little', unsigned: '40208', signed: '-25328'},
      ],
    });
    expect(told(asked('', 'bytes'))).toMatchObject({value: '', bits: '', readings: [{unsigned: '0'}, {unsigned: '0'}]});
  });
});

describe('changing', () => {
  const toggle = (bit: number) => ({action: 'toggle', args: {bit}});

  test.each([
    [asked('4253'), 0, {value: '4252', width: '16'}],
    [asked('4253'), 15, {value: '37021', width: '16'}],
    [asked('0x10'), 0, {value: '0x11', width: '8'}],
    [asked('ff', 'hex', '8'), 7, {value: '7f'}],
    [asked('-1'), 7, {value: '127', width: '8'}],
    [asked('-128'), 0, {value: '-127', width: '8'}],
    [asked('1.5'), 63, {value: '-1.5'}],
    [asked('1.0', 'python', '16'), 9, {value: '1.5'}],
    [asked('00ff', 'bytes'), 15, {value: '80ff'}],
    [asked('256', 'python', '8'), 0, {value: '257'}],
    [asked('18446744073709551616'), 0, {value: '18446744073709551617'}],
  ])('%j, bit %i', (ask, bit, typed) =>
    running(numberExperiment, ask, async run => {
      expect(await run.act(toggle(bit))).toBeUndefined();
      expect(stateOf(run).typed).toEqual(typed);
    }),
  );

  test('a bit turned twice is the number again, the sign bit of a signed one too', () =>
    running(numberExperiment, asked('-1'), async run => {
      await run.act(toggle(7));
      expect(stateOf(run).number).toMatchObject({value: '127', signed: true});
      await run.act(toggle(7));
      expect(stateOf(run).number?.value).toBe('-1');
    }));

  test('a NaN keeps the bits that were set', () =>
    running(numberExperiment, asked('nan'), async run => {
      await run.act(toggle(0));
      expect(stateOf(run).number).toMatchObject({value: 'nan'});
      expect(stateOf(run).number?.bits.endsWith('1')).toBe(true);
      await run.act(toggle(1));
      expect(stateOf(run).number?.bits.endsWith('11')).toBe(true);
    }));

  test('the byte order turned around is htons, and the other sign', async () => {
    await running(numberExperiment, asked('4253'), async run => {
      await run.act({action: 'swap'});
      expect(stateOf(run).typed.value).toBe('40208');
      await run.act({action: 'swap'});
      await run.act({action: 'negate'});
      expect(stateOf(run).number).toMatchObject({value: '-4253', fits: true});
    });
    await running(numberExperiment, asked('200'), async run => {
      await run.act({action: 'negate'});
      expect(stateOf(run).number).toMatchObject({value: '-200', fits: true});
    });
  });

  test('a bit that is not there, bytes without a sign', async () => {
    await running(numberExperiment, asked('1'), async run =>
      expect(await run.act(toggle(99))).toMatchObject({code: 'number.bit'}),
    );
    await running(numberExperiment, asked('00', 'bytes'), async run =>
      expect(await run.act({action: 'negate'})).toMatchObject({says: 'Bytes have no sign'}),
    );
  });

  test('the events alone give the same state', () =>
    running(numberExperiment, asked('4253'), async run => {
      await run.act(toggle(1));
      run.reask({...run.ask, value: '12x'});
      expect(stateOf(run).refused).toMatchObject({at: 2});
      let state = numberExperiment.start(run.ask as NumberAsk);
      for (let seq = run.journal.first; seq < run.journal.next; seq++)
        state = numberExperiment.reduce(state, run.journal.get(seq) as never);
      expect(state).toEqual(run.state);
    }));
});

describe('the command', () => {
  const number = (words: readonly string[], input?: string) =>
    wirebook(['data', 'number', ...words], {
      ...(input !== undefined && {input}),
      parts: {experiments: async () => [numberExperiment]},
    });

  test('text', async () => {
    const {out, code} = await number(['-4253']);
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 6)).toEqual([
      'value   -4253',
      'hex     -0x109d',
      'oct     -0o10235',
      'bin     -0b1000010011101',
      'bits    13',
      ' 8 bits It does not fit 8 bits: it needs 14, and signed begins at -128.',
    ]);
  });

  test('--json, and a mistake marked', async () => {
    const [event] = linesOf((await number(['0x109d', '--json'])).out);
    expect(event).toMatchObject({
      kind: 'number',
      value: '4253',
      words: [{width: 8}, {width: 16, little: '9d10'}, {}, {}],
    });
    const {code, err} = await number(['12x']);
    expect(code).toBe(1);
    expect(err).toContain('  12x\n    ^\n');
  });

  test('--batch gives the description', async () => {
    const {out} = await number(
      ['--batch'],
      '{"value": "4253"}\n{"value": 12345678901234567890}\n{"value": "zz"}\n[]\n{"value": -0.0}\n',
    );
    const [first, second, third, fourth, fifth] = linesOf(out);
    expect(first).toEqual(JSON.parse(JSON.stringify(told(asked('4253')))));
    expect(second).toMatchObject({value: '12345678901234567890'});
    expect(third).toMatchObject({error: 'ValueError', at: 0});
    expect(fourth).toMatchObject({error: 'request'});
    expect(fifth).toMatchObject({type: 'float', value: '-0.0'});
  });
});

describe('elsewhere', () => {
  const integers = ['4253', '-4253', '0', '-1', '255', '18446744073709551615', '-9223372036854775808'].map(v =>
    asked(v),
  );
  const huge = asked('123456789012345678901234567890');
  const floats = ['1.5', '-0.0', '0.1', '1e39', 'inf', '-inf', '5e-324'].map(v => asked(v));
  const bytes = [asked('109d', 'bytes'), asked('ff', 'bytes'), asked('0102030405060708ff', 'bytes')];

  /** What every program prints, made of the event. */
  function printed(ask: NumberAsk): string {
    const {type, hex, oct, bin, words, floats: rows, readings} = told(ask);
    if (type === 'int') {
      const lines = words.map(({width, big, little}) => `${width} ${spaced(big)} | ${spaced(little)}\n`);
      return `${hex} ${oct} ${bin}\n${lines.join('')}`;
    }
    if (type === 'bytes')
      return readings.map(({order, unsigned, signed}) => `${order} ${unsigned} ${signed}\n`).join('');
    return rows
      .filter(({format, big}) => format !== 'half' && big !== undefined)
      .map(({format, big}) => `${format} ${spaced(big!)}\n`)
      .join('');
  }

  const codes = (asks: readonly NumberAsk[], language: string) =>
    asks.map(ask => numberEquivalents(ask).find(one => one.language === language)!.code);
  const everything = [...integers, huge, ...floats, ...bytes];
  const wanted = (asks: readonly NumberAsk[]) => asks.map(ask => ({out: printed(ask), error: ''}));

  test.skipIf(!has('python3'))('Python prints the same', () => {
    expect(runPython(codes(everything, 'Python'))).toEqual(wanted(everything));
  });

  test('Node prints the same', () => {
    expect(runNode(codes(everything, 'Node'))).toEqual(wanted(everything));
  });

  test.skipIf(!has('gcc'))('C prints the same', {timeout: 60_000}, () => {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-c-'));
    const asks = [...integers, ...floats];
    try {
      const out = codes(asks, 'C').map((code, index) => {
        const program = join(folder, `p${index}`);
        writeFileSync(`${program}.c`, code);
        const built = spawnSync('gcc', ['-Wall', '-Werror', '-o', program, `${program}.c`], {encoding: 'utf8'});
        return built.status === 0 ? spawnSync(program, {encoding: 'utf8'}).stdout : built.stderr;
      });
      expect(out).toEqual(asks.map(printed));
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });

  test('what is no number has no programs, and one beyond 64 bits none in C', () => {
    expect(numberEquivalents(asked('12x'))).toEqual([]);
    expect(numberEquivalents(huge).map(({language}) => language)).toEqual(['Python', 'Node', 'shell']);
  });
});
