import {describe, expect, test} from 'vitest';
import {answerStructRequest} from '../../../src/wire/struct/batch.ts';
import {StructError} from '../../../src/wire/struct/error.ts';
import {fieldsOf} from '../../../src/wire/struct/layout.ts';
import {Struct} from '../../../src/wire/struct/struct.ts';
import {untag} from '../../../src/wire/struct/tagged.ts';
import {type Packable, PyFloat} from '../../../src/wire/struct/value.ts';
import {chosen, random, type StructCase} from './cases.ts';

const sets = {chosen, random};

/** The cases that are answered otherwise, each with both answers. */
function wrong(cases: readonly StructCase[], mode: 'generated' | 'interpreted', python: '3.13' | '3.11') {
  return cases.flatMap(({expect: answer, expect_py311, ...request}) => {
    const wanted = python === '3.11' ? (expect_py311 ?? answer) : answer;
    const got = answerStructRequest({...request, python}, mode);
    const same = JSON.stringify(got) === JSON.stringify(wanted);
    return same ? [] : [{request, got, wanted}];
  });
}

describe('the answers of CPython, word for word', () => {
  test('there are enough cases, errors among them', () => {
    expect(chosen.length).toBe(300);
    expect(random.length).toBeGreaterThanOrEqual(6000);
    expect(random.filter(({expect: answer}) => 'error' in answer).length).toBeGreaterThan(1000);
    expect([...chosen, ...random].filter(one => one.expect_py311).length).toBeGreaterThan(100);
  });

  for (const [name, cases] of Object.entries(sets))
    for (const mode of ['generated', 'interpreted'] as const)
      for (const python of ['3.13', '3.11'] as const)
        test(`${name} cases, ${mode}, ${python}`, () => expect(wrong(cases, mode, python)).toEqual([]));

  test('the check can fail', () => {
    const [first] = chosen.filter(one => one.expect_py311);
    expect(wrong([{...first!, expect_py311: first!.expect}], 'generated', '3.11')).toHaveLength(1);
  });
});

/** As a JavaScript caller would give it: a number wherever that is exact. */
function plain(value: Packable, code: string | undefined): Packable {
  const isFloat = code === 'e' || code === 'f' || code === 'd';
  if (value instanceof PyFloat && isFloat && !Number.isNaN(value.value)) return value.value;
  return typeof value === 'bigint' && !isFloat && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

test('the same with plain numbers, which is what the generated code is quick for', () => {
  const cases = random.filter(one => one.op.startsWith('pack') && Array.isArray(one.values));
  expect(cases.length).toBeGreaterThan(1500);
  let packed = 0;
  for (const {op, format, values, buffer, offset, expect: answer} of cases) {
    const target = Uint8Array.from(Buffer.from(buffer ?? '', 'hex'));
    const before = Buffer.from(target).toString('hex');
    let got: string;
    try {
      const struct = new Struct(format);
      const codes = struct.items === values!.length ? [...fieldsOf(struct.layout)].map(([, , code]) => code) : [];
      const given = values!.map((value, index) => plain(untag(value), codes[index]));
      const place = Number.isSafeInteger(Number(offset)) ? Number(offset) : BigInt(offset ?? 0);
      if (op === 'pack_into') struct.packInto(target, place, ...given);
      got = Buffer.from(op === 'pack' ? struct.pack(...given) : target).toString('hex');
      packed += 1;
    } catch (error) {
      if (!(error instanceof StructError)) throw error;
      got = `${error.pythonClass}: ${error.message}`;
    }
    const {result, error, message, buffer_after} = answer as Record<string, {v: string} & string>;
    expect([format, got]).toEqual([format, error === undefined ? result!.v : `${error}: ${message}`]);
    if (op === 'pack_into') expect(Buffer.from(target).toString('hex')).toBe(result?.v ?? buffer_after ?? before);
  }
  expect(packed).toBeGreaterThan(1000);
});

describe('layout', () => {
  const withLayout = [...chosen, ...random].filter(one => one.layout !== undefined);

  test('every field of every case that has one', () => {
    expect(withLayout.length).toBeGreaterThan(800);
    for (const {format, layout} of withLayout)
      expect([format, [...fieldsOf(new Struct(format).layout)]]).toEqual([format, layout]);
  });

  test('fields and padding tile the struct, in order and without a gap', () => {
    for (const {format} of withLayout) {
      const struct = new Struct(format);
      let end = 0;
      for (const entry of struct.layout) {
        expect([format, entry.offset]).toEqual([format, end]);
        end += Number(entry.size) * (entry.kind === 'value' ? Number(entry.count) : 1);
      }
      expect([format, end]).toEqual([format, struct.size]);
    }
  });
});
