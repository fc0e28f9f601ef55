import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {WireEvent} from '../../src/journal/event.ts';
import {compile, filterTerm} from '../../src/journal/filter.ts';

const send: WireEvent = {
  kind: 'call',
  t: 0.412,
  seq: 17,
  run: 1,
  name: 'send',
  result: 5,
  errno: 'EPIPE',
  blocked: false,
  address: {host: '127.0.0.1', port: 8080},
  flags: ['MSG_NOSIGNAL', 'MSG_MORE'],
  size: 2n ** 60n,
  bytes: {at: 100, length: 5},
};
const text = 'call send("Grüße 漢字") = 5 to 127.0.0.1:8080';

/** Filter, whether it lets `send` through, and what it says of itself. */
const vectors: readonly (readonly [filter: string, passes: boolean, reading: string])[] = [
  ['', true, 'All rows.'],
  ['   ', true, 'All rows.'],
  ['SEND', true, 'Rows where “SEND” occurs.'],
  ['GRÜSSE', false, 'Rows where “GRÜSSE” occurs.'],
  ['grüße 漢字', true, 'Rows where “grüße” occurs and “漢字” occurs.'],
  ['"send("', true, 'Rows where “send(” occurs.'],
  ['"say \\"hi\\""', false, 'Rows where “say "hi"” occurs.'],
  ['!recv', true, 'Rows where “recv” does not occur.'],
  ['not send', false, 'Rows where “send” does not occur.'],
  ['!!send', true, 'Rows where “send” occurs.'],
  ['nothing', false, 'Rows where “nothing” occurs.'],
  ['"and"', false, 'Rows where “and” occurs.'],
  ['recv or send', true, 'Rows where “recv” occurs or “send” occurs.'],
  ['recv || send && to', true, 'Rows where “recv” occurs or (“send” occurs and “to” occurs).'],
  ['(recv or send) nope', false, 'Rows where (“recv” occurs or “send” occurs) and “nope” occurs.'],
  ['!(recv or nope)', true, 'Rows where not (“recv” occurs or “nope” occurs).'],
  ['kind:CALL', true, 'Rows where kind has “CALL”.'],
  ['name:en', true, 'Rows where name has “en”.'],
  ['name=en', false, 'Rows where name is “en”.'],
  ['name=Send', true, 'Rows where name is “Send”.'],
  ['name!=send', false, 'Rows where name is not “send”.'],
  ['name!=recv', true, 'Rows where name is not “recv”.'],
  ['!name:recv', true, 'Rows where name does not have “recv”.'],
  ['absent!=1', true, 'Rows where absent is not 1.'],
  ['absent>1', false, 'Rows where absent is over 1.'],
  ['result:5', true, 'Rows where result is 5.'],
  ['result:50', false, 'Rows where result is 50.'],
  ['result:5constructor', false, 'Rows where result has “5constructor”.'],
  ['address.port:80', false, 'Rows where address.port is 80.'],
  ['address.port:0x1f90', true, 'Rows where address.port is 0x1f90.'],
  ['address:8080', true, 'Rows where address is 8080.'],
  ['flags:more', true, 'Rows where flags has “more”.'],
  ['flags.0:more', false, 'Rows where flags.0 has “more”.'],
  ['blocked:no', true, 'Rows where blocked has “no”.'],
  ['blocked=true', false, 'Rows where blocked is “true”.'],
  ['t>400ms t<0.5s', true, 'Rows where t is over 400ms and t is under 0.5s.'],
  ['!t>=0.412', false, 'Rows where t is under 0.412.'],
  ['!t<=0.4', true, 'Rows where t is over 0.4.'],
  ['bytes>4', true, 'Rows where bytes is over 4.'],
  ['bytes:6', false, 'Rows where bytes is 6.'],
  ['size>1_000GiB', true, 'Rows where size is over 1_000GiB.'],
  ['errno<1', false, 'Rows where errno is under 1.'],
  ['127.0.0.1:8080', true, 'Rows where “127.0.0.1:8080” occurs.'],
  ['to:8080', false, 'Rows where to is 8080.'],
  ['name:"end"', true, 'Rows where name has “end”.'],
];

describe('a filter', () => {
  test.each(vectors)('%s', (filter, passes, reading) => {
    const compiled = compile(filter);
    if (!compiled.ok) throw new Error(compiled.says);
    expect(compiled.test(send, text)).toBe(passes);
    expect(compiled.reading).toBe(reading);
  });

  test.each(['call', 'two words', '', 'say "hi" \\ (twice)', 'a:b', '漢字'])(
    'a term for %j keeps exactly that',
    text => {
      const compiled = compile(filterTerm('name', text));
      if (!compiled.ok) throw new Error(compiled.says);
      expect(compiled.test({...send, name: text}, '')).toBe(true);
      expect(compiled.test({...send, name: `${text}!`}, '')).toBe(false);
    },
  );

  test('a host and a port are found in the text when no field is called like the host', () => {
    const compiled = compile('localhost:80');
    expect(compiled.ok && compiled.test(send, 'GET http://LOCALHOST:8000/')).toBe(true);
  });

  test.each([
    ['"open', 0, 'quote'],
    ['a "open \\" still', 2, 'quote'],
    ['name:"open', 5, 'quote'],
    ['(a or b', 0, 'never closed'],
    ['a)', 1, 'closes nothing'],
    ['a ()', 3, 'nothing before this )'],
    ['a or', 4, 'missing at the end'],
    ['or a', 0, 'before “or”'],
    ['a or and b', 5, 'before “and”'],
    ['!', 1, 'missing at the end'],
    ['t> 5', 2, 'value is missing'],
    ['t>soon', 2, '“soon” is none'],
    ['not (a t>5x)', 9, '“5x” is none'],
  ])('%s is refused at %i, with a next step', (filter, at, says) => {
    const compiled = compile(filter);
    expect(compiled).toMatchObject({ok: false, at});
    expect(!compiled.ok && compiled.says).toContain(says);
    expect(!compiled.ok && compiled.says).toMatch(/(Type|Leave).*\.$/);
  });

  test('anything typed is either compiled or refused within the text; it never throws', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom('!', '(', ')', '"', ' or ', ' and ', 'not ', 'a:', '>', '<=', '\\', '漢', '5'),
      ),
    );
    fc.assert(
      fc.property(pieces, typed => {
        const filter = typed.join('');
        const compiled = compile(filter);
        if (compiled.ok) expect(typeof compiled.test(send, text)).toBe('boolean');
        else expect(compiled.at >= 0 && compiled.at <= filter.length).toBe(true);
      }),
    );
  });
});
