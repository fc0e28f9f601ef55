import {describe, expect, test} from 'vitest';
import * as tables from '../../../src/wire/dns/tables.ts';

describe('names and numbers', () => {
  test.each([
    ['A', 1],
    ['mx', 15],
    ['HTTPS', 65],
    ['*', 255],
    ['ANY', 255],
    ['TYPE65280', 65280],
    ['type15', 15],
    ['TYPE65536', undefined],
    ['TYPE', undefined],
    ['FOO', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('type %j is %j', (text, number) => {
    expect(tables.typeNumber(text)).toBe(number);
  });

  test.each([
    ['IN', 1],
    ['ch', 3],
    ['CHAOS', 3],
    ['NONE', 254],
    ['ANY', 255],
    ['CLASS4096', 4096],
    ['XX', undefined],
  ])('class %j is %j', (text, number) => {
    expect(tables.classNumber(text)).toBe(number);
  });

  test('what has no name is written as RFC 3597 says', () => {
    expect(tables.typeName(65280)).toBe('TYPE65280');
    expect(tables.className(4096)).toBe('CLASS4096');
    expect(tables.opcodeName(3)).toBe('OPCODE3');
    expect(tables.responseCodeName(3841)).toBe('RCODE3841');
    expect(tables.optionName(65001)).toBe('OPT65001');
  });

  test('extended response codes, and the two names of 16', () => {
    expect(tables.responseCodeName(16)).toBe('BADVERS');
    expect(tables.responseCodeNumber('BADSIG')).toBe(16);
    expect([17, 18, 19, 20, 21, 22, 23].map(tables.responseCodeName)).toEqual([
      'BADKEY',
      'BADTIME',
      'BADMODE',
      'BADNAME',
      'BADALG',
      'BADTRUNC',
      'BADCOOKIE',
    ]);
    expect(tables.opcodeNumber('DSO')).toBe(6);
  });

  test.each([
    ['type', tables.typeName, tables.typeNumber, tables.typeEntry, 0x10000],
    ['class', tables.className, tables.classNumber, tables.classEntry, 0x10000],
    ['opcode', tables.opcodeName, tables.opcodeNumber, tables.opcodeEntry, 16],
    ['response code', tables.responseCodeName, tables.responseCodeNumber, tables.responseCodeEntry, 0x1000],
    ['option', tables.optionName, tables.optionNumber, tables.optionEntry, 0x10000],
    ['algorithm', tables.algorithmName, tables.algorithmNumber, tables.algorithmEntry, 256],
    ['digest', tables.digestName, tables.digestNumber, tables.digestEntry, 256],
  ] as const)(
    'every %s is understood as it is written, and each that is known says what it is',
    (_what, name, number, entry, end) => {
      const wrong: number[] = [];
      for (let code = 0; code < end; code++) {
        const known = entry(code);
        if (number(name(code)) !== code) wrong.push(code);
        if (known !== undefined && !(/\.$/.test(known.meaning) && known.source !== '')) wrong.push(code);
      }
      expect(wrong).toEqual([]);
    },
  );
});

test('extended errors have the names of IANA', () => {
  expect(tables.extendedErrorName(7)).toBe('Signature Expired');
  expect(tables.extendedErrorName(22)).toBe('No Reachable Authority');
  expect(tables.extendedErrorEntry(30)?.meaning).toBe('The type cannot be asked for.');
  expect(tables.extendedErrorName(49152)).toBe('EDE49152');
});
