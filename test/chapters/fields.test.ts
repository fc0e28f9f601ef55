import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {AnyExperiment} from '../../src/chapters/contract.ts';
import {
  choiceField,
  defaultsOf,
  type Field,
  flagField,
  integerField,
  portField,
  secondsField,
  textField,
} from '../../src/chapters/fields.ts';
import {allExperiments} from '../../src/chapters/registry.ts';
import {settings} from '../../src/chapters/settings.ts';
import {toy} from '../support/toy-experiment.ts';

const values = <T>(field: Field<T>, typed: string) => {
  const read = field.read(typed);
  return read.ok ? read.value : read.says;
};

describe('an integer', () => {
  const field = integerField({label: 'Size', default: 1, from: -10, to: 70_000, unit: 'bytes'});

  test.each([
    ['5', 5],
    [' 5 ', 5],
    ['+5', 5],
    ['-5', -5],
    ['-0', 0],
    ['0x10', 16],
    ['+0x10', 16],
    ['-0xa', -10],
    ['0XFF', 255],
    ['65_535', 65_535],
  ])('%j is %i', (typed, value) => {
    expect(values(field, typed)).toBe(value);
  });

  test.each([[''], ['x'], ['5.0'], ['1e3'], ['0x'], ['_5'], ['5_'], ['5__5'], ['٣'], ['--5']])('%j is none', typed => {
    expect(field.read(typed)).toMatchObject({ok: false, next: 'Type one from -10 to 70000.'});
  });

  test('bounds are said, and the nearer one offered', () => {
    expect(field.read('-11')).toEqual({
      ok: false,
      says: 'Size must be from -10 to 70000',
      next: 'Type -10 or a number between.',
    });
    expect(field.read('70001')).toMatchObject({next: 'Type 70000 or a number between.'});
    expect(field.hint).toBe('-10 to 70000 bytes');
    expect(field.schema).toMatchObject({type: 'integer', minimum: -10, maximum: 70_000, default: 1});
  });
});

describe('a length of time', () => {
  const field = secondsField({label: 'Wait', default: 1, from: 0, to: 3600});

  test.each([
    ['2', 2],
    ['2.5', 2.5],
    ['.5', 0.5],
    ['2s', 2],
    ['250ms', 0.25],
    ['250 ms', 0.25],
    ['1e-7', 1e-7],
  ])('%j is %d s', (typed, value) => {
    expect(values(field, typed)).toBe(value);
  });

  test.each([[''], ['soon'], ['-1'], ['2m'], ['1,5'], ['.'], ['ms']])('%j is none', typed => {
    expect(field.read(typed).ok).toBe(false);
  });

  test('bounds', () => {
    expect(values(field, '3601')).toBe('Wait must be from 0 to 3600 s');
  });
});

describe('a port', () => {
  test('0 only where a socket is bound, and why', () => {
    expect(values(portField({default: 0, zero: true}), '0')).toBe(0);
    expect(portField({default: 80}).read('0')).toEqual({
      ok: false,
      says: 'Nobody can listen on port 0',
      next: 'Type the port the server printed.',
    });
    expect(portField({default: 80}).read('65536')).toMatchObject({next: 'A port is a number from 1 to 65535.'});
    expect(portField({default: 80}).label).toBe('Port');
  });
});

describe('a choice', () => {
  const field = choiceField({label: 'Mood', options: ['calm', 'cross', 'crossed'], default: 'calm'});

  test.each([
    ['calm', 'calm'],
    ['ca', 'calm'],
    ['cross', 'cross'],
    ['crosse', 'crossed'],
  ])('%j means %s', (typed, value) => {
    expect(values(field, typed)).toBe(value);
  });

  test.each([['c'], [''], ['Calm'], ['sad']])('%j is none of them', typed => {
    expect(field.read(typed)).toMatchObject({ok: false, next: 'Choose one of calm, cross, crossed.'});
  });
});

test('a flag', () => {
  const field = flagField({label: 'Reuse', default: false});
  expect(['', 'yes', 'Y', 'true', 'on', '1'].map(typed => values(field, typed))).toEqual(Array(6).fill(true));
  expect(['no', 'N', 'false', 'off', '0'].map(typed => values(field, typed))).toEqual(Array(5).fill(false));
  expect(field.read('perhaps').ok).toBe(false);
});

test('free text has a check of its own', () => {
  const field = textField({label: 'Name', default: '', check: text => (text === 'x' ? 'not x' : undefined)});
  expect(values(field, 'y')).toBe('y');
  expect(field.read('x')).toEqual({ok: false, says: 'not x'});
});

describe('what is shown is read back', () => {
  const round = <T>(field: Field<T>, value: T) => {
    expect(field.read(field.show(value))).toEqual({ok: true, value});
  };

  test('any value', () => {
    const integers = integerField({label: 'N', default: 0, from: -(2 ** 53) + 1, to: 2 ** 53 - 1});
    const seconds = secondsField({label: 'S', default: 0, from: 0, to: 1e6});
    fc.assert(fc.property(fc.maxSafeInteger(), value => round(integers, Object.is(value, -0) ? 0 : value)));
    fc.assert(
      fc.property(fc.double({min: 0, max: 1e6, noNaN: true}), value =>
        round(seconds, Object.is(value, -0) ? 0 : value),
      ),
    );
    fc.assert(fc.property(fc.string(), value => round(textField({label: 'T', default: ''}), value)));
  });

  const experiments: readonly AnyExperiment[] = [toy, ...allExperiments];
  const declared = experiments.flatMap(({id, fields, actions}) => [
    ...Object.entries(fields).map(([name, field]) => [`${id} ${name}`, field] as const),
    ...Object.entries(actions).flatMap(([action, {fields: asked = {}}]) =>
      Object.entries(asked).map(([name, field]) => [`${id} ${action} ${name}`, field] as const),
    ),
  ]);
  const all = [
    ...declared,
    ...Object.entries(settings).map(([name, field]) => [name, field as Field<unknown>] as const),
  ];

  test.each(all)('the default and every choice of %s', (_name, field) => {
    round(field, field.default);
    if (field.input === 'choice') for (const option of field.options!) round(field, option);
  });
});

test('defaults, by name', () => {
  expect(defaultsOf({a: flagField({label: 'A', default: true}), b: textField({label: 'B', default: 'x'})})).toEqual({
    a: true,
    b: 'x',
  });
});
