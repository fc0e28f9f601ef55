import {describe, expect, test} from 'vitest';
import {mailFields, pathOf, readRecipient} from '../../../src/chapters/names/mail-fields.ts';

describe('whom it is for', () => {
  test.each([
    ['alice@example.test', 'mailbox', 'example.test'],
    ['example.test.', 'domain', 'example.test'],
    ['zoë@Bücher.example', 'mailbox', 'xn--bcher-kva.example'],
    ['a@[127.0.0.1]', 'mailbox', '[127.0.0.1]'],
    ['_dmarc.example.test', 'domain', '_dmarc.example.test'],
  ])('%s', (typed, kind, domain) => {
    expect(readRecipient(typed)).toMatchObject({ok: true, value: {kind, domain}});
  });

  test.each([
    ['', 'Nobody is named', 0],
    ['a@b..c', 'a label has a byte at least', 4],
    [`${'a'.repeat(64)}.test`, 'label has 64 bytes', 0],
    [`a@x.${'a'.repeat(64)}`, 'label has 64 bytes', 4],
    ['a@exa mple', 'is no domain', 2],
    ['-x.test', 'is no domain', 0],
    ['x@y@z', 'is no domain', 2],
  ])('%j is refused where the mistake is', (typed, says, at) => {
    const read = readRecipient(typed);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.says).toContain(says);
    expect(!read.ok && read.at).toBe(at);
  });

  test('a path has its domain in ASCII', () => {
    const read = readRecipient('zoë@Bücher.example');
    expect(read.ok && read.value.kind === 'mailbox' && pathOf(read.value.mailbox)).toBe('zoë@xn--bcher-kva.example');
  });
});

describe('fields', () => {
  test.each([
    ['server', 'auto', true],
    ['server', '127.0.0.1:5300', true],
    ['server', 'a b', false],
    ['exchanger', '', true],
    ['exchanger', '[::1]:2525', true],
    ['exchanger', 'a b', false],
    ['from', '', true],
    ['from', 'nobody', false],
    ['body', String.raw`\n`, true],
    ['body', String.raw`\q`, false],
    ['body', String.raw`@file\q`, true],
    ['helo', 'my host', false],
    ['starttls', 'ver', true],
    ['starttls', 'yes', false],
  ] as const)('%s %j: %s', (name, typed, ok) => {
    expect(mailFields[name].read(typed).ok).toBe(ok);
  });
});
