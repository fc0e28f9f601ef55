import {describe, expect, test} from 'vitest';
import {readMailbox} from '../../../src/wire/smtp/address.ts';
import {readCommand, readPath} from '../../../src/wire/smtp/commands.ts';

describe('mailboxes', () => {
  test.each([
    ['alice@example.test', 'alice', 'example.test', undefined, false],
    [' a+b.c=d@x ', 'a+b.c=d', 'x', undefined, false],
    ['"odd @ name"@example.test', '"odd @ name"', 'example.test', undefined, false],
    [String.raw`"a\"b"@x.test`, String.raw`"a\"b"`, 'x.test', undefined, false],
    ['zoë@bücher.example', 'zoë', 'bücher.example', undefined, true],
    ['a@[127.0.0.1]', 'a', '[127.0.0.1]', '127.0.0.1', false],
    ['a@[IPv6:::1]', 'a', '[IPv6:::1]', '::1', false],
  ])('%s', (typed, local, domain, literal, international) => {
    const read = readMailbox(typed);
    expect(read).toMatchObject({ok: true, mailbox: {local, domain, international}});
    expect(read.ok && read.mailbox.literal).toBe(literal);
  });

  test.each([
    ['alice', 'has no @', 0],
    ['@x', 'Nothing stands before the @', 0],
    ['a@', 'Nothing stands behind the @', 2],
    ['a b@x', '“ ” must not stand before the @', 1],
    ['a..b@x', 'A dot stands at an end', 1],
    ['.a@x', 'A dot stands at an end', 0],
    ['a.@x', 'A dot stands at an end', 1],
    [`${'a'.repeat(65)}@x`, 'has 65 bytes', 0],
    [`a@${'b'.repeat(260)}`, 'The address has 262 bytes', 0],
    ['a@[1.2.3]', 'is no address literal', 2],
    ['"open@x', 'must not stand before', 0],
    ['a\r\nRCPT TO:<b@x>', 'must not stand before', 1],
  ])('%j is refused', (typed, says, at) => {
    const read = readMailbox(typed);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.says).toContain(says);
    expect(!read.ok && read.at).toBe(at);
  });
});

describe('commands', () => {
  test('a verb in any case, and what follows it', () => {
    expect(readCommand('mail FROM:<a@b>')).toEqual({verb: 'MAIL', argument: 'FROM:<a@b>'});
    expect(readCommand('QUIT')).toEqual({verb: 'QUIT', argument: ''});
    expect(readCommand('')).toEqual({verb: '', argument: ''});
  });

  test.each([
    ['FROM:<a@b> SIZE=10 body=8BITMIME', 'FROM', {path: 'a@b', parameters: {SIZE: '10', BODY: '8BITMIME'}}],
    ['from: <>', 'FROM', {path: '', parameters: {}}],
    ['TO:<"a>b"@c>', 'TO', {path: '"a>b"@c', parameters: {}}],
    ['TO:a@b', 'TO', undefined],
    ['FROM:<a@b>', 'TO', undefined],
    ['TO:<a@b', 'TO', undefined],
  ] as const)('%s', (argument, word, expected) => {
    expect(readPath(argument, word)).toEqual(expected);
  });
});
