import {constants} from 'node:os';
import {describe, expect, test} from 'vitest';
import {errnoEntry, errnoTable} from '../../../src/world/libc/errno.ts';
import {lookupErrors} from '../../../src/world/libc/lookup-errors.ts';
import {has, run} from '../support/tools.ts';

describe('the errno table', () => {
  test('ascends, and each number and name is there once', () => {
    const numbers = errnoTable.map(entry => entry.number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(new Set(errnoTable.map(entry => entry.name)).size).toBe(errnoTable.length);
  });

  test('says each in a sentence, with a next step', () => {
    for (const {sentence, next} of [...errnoTable, ...lookupErrors]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(next).toMatch(/^[A-Z].*\.$/);
    }
  });

  test.skipIf(process.platform !== 'linux')('has the numbers Node has', () => {
    const codes = constants.errno as Record<string, number>;
    const known = errnoTable.filter(entry => codes[entry.name] !== undefined);
    expect(known.length).toBeGreaterThan(45);
    expect(known.map(({name, number}) => ({name, number}))).toEqual(
      known.map(({name}) => ({name, number: codes[name]})),
    );
  });

  test.skipIf(process.platform !== 'linux' || !has('python3'))('has the numbers Python has', () => {
    const code = 'import errno, json; print(json.dumps({v: k for k, v in errno.errorcode.items()}))';
    const codes = JSON.parse(run('python3', ['-c', code])) as Record<string, number>;
    // Python tells one name for a number with two; Linux has EOPNOTSUPP and ENOTSUP for 95.
    for (const {name, number} of errnoTable) if (name !== 'EOPNOTSUPP') expect(codes[name]).toBe(number);
  });

  test.skipIf(process.platform !== 'linux' || !has('python3'))(
    'names the failures of getaddrinfo as Python does',
    () => {
      const code =
        'import socket, json; print(json.dumps({n: getattr(socket, n) for n in dir(socket) if n.startswith("EAI_")}))';
      const codes = JSON.parse(run('python3', ['-c', code])) as Record<string, number>;
      // Python does not hand over what it cannot ask for: AI_IDN and its failure are glibc's own.
      for (const {name, number} of lookupErrors)
        if (name !== 'EAI_IDN_ENCODE') expect([name, codes[name]]).toEqual([name, number]);
    },
  );
});

describe('a single errno', () => {
  test('is found by number and by name', () => {
    expect(errnoEntry(32)).toMatchObject({name: 'EPIPE', number: 32});
    expect(errnoEntry('ECONNREFUSED').sentence).toMatch(/Nobody listens/);
  });

  test('that the table lacks has a name and a sentence all the same', () => {
    expect(errnoEntry('EXDEV')).toMatchObject({name: 'EXDEV', number: constants.errno.EXDEV});
    expect(errnoEntry(constants.errno.EXDEV).name).toBe('EXDEV');
    expect(errnoEntry(9999).sentence).toMatch(/errno 9999/);
  });
});
