import {describe, expect, test} from 'vitest';
import {answerStructRequest} from '../../../src/wire/struct/batch.ts';
import {fieldsOf} from '../../../src/wire/struct/layout.ts';
import {Struct} from '../../../src/wire/struct/struct.ts';
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
