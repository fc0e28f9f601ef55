import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {recordText} from '../../../src/wire/dns/dig-text.ts';
import {parseZone, zoneText} from '../../../src/wire/dns/zone-file.ts';
import {has, run} from '../../world/support/tools.ts';

const short = (text: string, origin = 'example.test.', ttl = 60) => {
  const {records, faults} = parseZone(text, {origin, ttl});
  return {records: records.map(record => recordText(record).replaceAll(/\t+/g, ' ')), faults};
};

describe('owners', () => {
  test.each([
    ['www A 192.0.2.1', 'www.example.test.'],
    ['www.other. A 192.0.2.1', 'www.other.'],
    ['@ A 192.0.2.1', 'example.test.'],
    ['. A 192.0.2.1', '.'],
    ['a\\.b A 192.0.2.1', 'a\\.b.example.test.'],
    ['\\065 A 192.0.2.1', 'A.example.test.'],
    ['*.wild A 192.0.2.1', '*.wild.example.test.'],
    ['\\@ A 192.0.2.1', '\\@.example.test.'],
  ])('%s', (line, owner) => {
    expect(short(line)).toEqual({records: [`${owner} 60 IN A 192.0.2.1`], faults: []});
  });

  test('a blank in their place repeats the one before, over comments and directives', () => {
    const text = 'a A 192.0.2.1\n\n ; nothing\n$TTL 5\n\tA 192.0.2.2\n  TXT x\n';
    expect(short(text).records).toEqual([
      'a.example.test. 60 IN A 192.0.2.1',
      'a.example.test. 5 IN A 192.0.2.2',
      'a.example.test. 5 IN TXT "x"',
    ]);
  });

  test('a blank with none before it is a fault', () => {
    expect(short(' A 192.0.2.1').faults).toEqual([
      {line: 1, says: 'A line that starts with a blank repeats the owner before it, and there is none'},
    ]);
  });

  test('may be called like a type, a class or a number', () => {
    expect(short('IN A 192.0.2.1\nA 5 A 192.0.2.1\n300 300 IN A 192.0.2.1\n').records).toEqual([
      'IN.example.test. 60 IN A 192.0.2.1',
      'A.example.test. 5 IN A 192.0.2.1',
      '300.example.test. 300 IN A 192.0.2.1',
    ]);
  });
});

describe('TTL and class', () => {
  test.each([
    ['x 30 IN A 192.0.2.1', 30],
    ['x IN 30 A 192.0.2.1', 30],
    ['x 30 A 192.0.2.1', 30],
    ['x in a 192.0.2.1', 60],
    ['x 1h30m A 192.0.2.1', 5400],
    ['x 2W IN TYPE1 192.0.2.1', 1209600],
    ['x CLASS1 4294967295 A 192.0.2.1', 4294967295],
  ])('%s', (line, ttl) => {
    expect(short(line)).toEqual({
      records: [`x.example.test. ${ttl} IN A 192.0.2.1`.replace(/ (\d{8,}) /, ' $1 ')],
      faults: [],
    });
  });

  test('come from $TTL, from the record before, or from the SOA', () => {
    const soa = '@ SOA a b 1 2 3 4 77\n';
    expect(parseZone(`${soa}x A 192.0.2.1\n`).records.map(({ttl}) => ttl)).toEqual([77, 77]);
    expect(parseZone(`${soa}x 9 A 192.0.2.1\ny A 192.0.2.1\n`).records.map(({ttl}) => ttl)).toEqual([77, 9, 9]);
    expect(parseZone(`$TTL 1d\n${soa}x 9 A 192.0.2.1\ny A 192.0.2.1\n`).records.map(({ttl}) => ttl)).toEqual([
      86400, 9, 86400,
    ]);
    expect(parseZone('x A 192.0.2.1\n').records.map(({ttl}) => ttl)).toEqual([3600]);
  });

  test('a zone has one class', () => {
    expect(short('a IN A 192.0.2.1\nb CH TXT x\nc A 192.0.2.1\n')).toEqual({
      records: ['a.example.test. 60 IN A 192.0.2.1', 'c.example.test. 60 IN A 192.0.2.1'],
      faults: [{line: 2, says: 'All records of a zone have one class, here IN (RFC 1035 §5.2)'}],
    });
    expect(short('b CH TXT x\nc TXT y\n').records).toEqual([
      'b.example.test. 60 CH TXT "x"',
      'c.example.test. 60 CH TXT "y"',
    ]);
  });
});

describe('lines', () => {
  test('go on inside of parentheses, with comments and quoted strings in them', () => {
    const text = '@ SOA ns host (\n\t1 ; serial ) "\n\t2 3\n4 5 )\nx TXT ( "a;b"\n  "(" ) ; end\n';
    expect(short(text)).toEqual({
      records: [
        'example.test. 60 IN SOA ns.example.test. host.example.test. 1 2 3 4 5',
        'x.example.test. 60 IN TXT "a;b" "("',
      ],
      faults: [],
    });
  });

  test('may end with CR LF, and the last one with nothing', () => {
    expect(short('a A 192.0.2.1\r\nb A 192.0.2.2').records).toEqual([
      'a.example.test. 60 IN A 192.0.2.1',
      'b.example.test. 60 IN A 192.0.2.2',
    ]);
  });

  test('an empty file has nothing', () => {
    expect(parseZone('')).toEqual({records: [], faults: []});
    expect(parseZone('\n\n; only a comment\n')).toEqual({records: [], faults: []});
  });
});

describe('directives', () => {
  test('$ORIGIN holds from there on, and is relative to the one before', () => {
    expect(short('$ORIGIN sub\na A 192.0.2.1\n$ORIGIN other.\n@ A 192.0.2.2\n').records).toEqual([
      'a.sub.example.test. 60 IN A 192.0.2.1',
      'other. 60 IN A 192.0.2.2',
    ]);
  });

  test.each([
    ['$INCLUDE other.zone', '$INCLUDE is not followed: put the records of that file here'],
    ['$GENERATE 1-9 a$ A 192.0.2.$', '$GENERATE belongs to BIND and not to master files: write the records out'],
    ['$NOTHING x', '$NOTHING is not known: $ORIGIN and $TTL are'],
    ['$TTL soon', 'A time to live is a number of seconds, or like 1h30m, not "soon"'],
    ['$TTL', 'The record ends here: the time to live is missing'],
    ['$TTL 1 2', '"2" is one word too many for $TTL'],
    ['$ORIGIN a..b', expect.stringContaining('label')],
  ])('%s is a fault', (line, says) => {
    expect(short(`a A 192.0.2.1\n${line}\nb A 192.0.2.2\n`)).toEqual({
      records: ['a.example.test. 60 IN A 192.0.2.1', 'b.example.test. 60 IN A 192.0.2.2'],
      faults: [{line: 2, says}],
    });
  });
});

describe('what is wrong costs its own entry only', () => {
  test.each([
    ['x A 192.0.2', 2, /not an IPv4 address/],
    ['x NOTYPE 1', 2, /"NOTYPE" is not a type of record/],
    ['x', 2, /the type is missing/],
    ['x 60', 2, /the type is missing/],
    ['x OPT \\# 0', 2, /stands in no zone/],
    ['x ANY', 2, /stands in no zone/],
    ['x TXT "open', 2, /not closed on its line/],
    ['x TXT )', 2, /closes nothing/],
    ['x SOA a b ( 1 2\n 3 4 x )', 3, /seconds/],
    ['x MX ( 10\n\n a..b )', 4, /label/],
    [`${'l'.repeat(64)} A 192.0.2.1`, 2, /64 bytes/],
  ])('%s', (lines, line, says) => {
    const {records, faults} = short(`a A 192.0.2.1\n${lines}\nb A 192.0.2.2\n`);
    expect(faults).toEqual([{line, says: expect.stringMatching(says)}]);
    expect(faults[0]!.says).not.toMatch(/\.$/);
    expect(records).toEqual(['a.example.test. 60 IN A 192.0.2.1', 'b.example.test. 60 IN A 192.0.2.2']);
  });

  test('a parenthesis that is never closed takes what follows, and is told where it opens', () => {
    expect(short('a A 192.0.2.1\nx TXT ( "a"\nb A 192.0.2.2\n')).toEqual({
      records: ['a.example.test. 60 IN A 192.0.2.1'],
      faults: [{line: 2, says: 'This parenthesis is never closed'}],
    });
  });
});

const vectors = JSON.parse(readFileSync(new URL('../../vectors/dns-rdata.json', import.meta.url), 'utf8')) as {
  readonly records: readonly {readonly type: string; readonly text: string; readonly source?: string}[];
};
const entry = ({type, text}: {type: string; text: string}, index: number) => `r${index} ${type} ${text}\n`;
const everything = vectors.records.map(entry).join('');
/** Without those that BIND takes nowhere, not here, or does not know. */
const takenByBind = vectors.records
  .filter(({type, source}) => source === undefined && !/^(SOA|MD|MF|DNAME|CNAME)$/.test(type))
  .map(entry)
  .join('');

test('every type comes back from the file that is written', () => {
  const {records, faults} = parseZone(`$ORIGIN example.test.\n$TTL 60\n${everything}`);
  expect(faults).toEqual([]);
  expect(records.length).toBe(vectors.records.length);
  expect(parseZone(zoneText(records))).toEqual({records, faults: []});
});

test.skipIf(!has('named-compilezone', '-h'))('BIND reads the file we write as the same zone', () => {
  const head = '$ORIGIN example.test.\n$TTL 60\n@ SOA ns host 1 2 3 4 5\n@ NS ns.other.\n';
  const source = `${head}${takenByBind}`;
  const directory = mkdtempSync(join(tmpdir(), 'wirebook-zone-'));
  const checked = (text: string) => {
    const path = join(directory, 'zone');
    writeFileSync(path, text);
    const lenient = ['-k', '-n', '-M', '-S', '-r'].flatMap(check => [check, 'ignore']);
    return run('named-compilezone', ['-q', ...lenient, '-i', 'none', '-o', '-', 'example.test', path]);
  };
  const {records, faults} = parseZone(source);
  expect(faults).toEqual([]);
  expect(checked(zoneText(records))).toBe(checked(source));
  rmSync(directory, {recursive: true});
});

const unknownTo = {
  // Knot knows NID and L64 with four digits in each group only, which is not how dig writes them.
  kzonecheck:
    /^(MD|MF|MB|MG|MR|NULL|WKS|X25|ISDN|NSAP|NSAP-PTR|SIG|PX|GPOS|NXT|EID|NIMLOC|ATMA|A6|SINK|HIP|NINFO|RKEY|TALINK|NID|L64|AVC|DOA|AMTRELAY|TA|DLV|RESINFO|WALLET)$/,
  'nsd-checkzone': /^(WKS|NSAP-PTR|GPOS|EID|NIMLOC|ATMA|A6|SINK|HIP|NINFO|RKEY|TALINK|DOA|AMTRELAY|TA|RESINFO|WALLET)$/,
};

const checkers = [
  {tool: 'kzonecheck', argument: ['-o', 'example.test.']},
  {tool: 'nsd-checkzone', argument: ['example.test']},
] as const;

test.each(checkers.filter(({tool}) => has(tool, '-h')))(
  '$tool reads the types it knows from the file we write',
  ({tool, argument}) => {
    const known = vectors.records.filter(
      ({type, text, source}) =>
        source === undefined && type !== 'SOA' && !unknownTo[tool].test(type) && text !== '0 0 255 00',
    );
    const {records} = parseZone(
      `$ORIGIN example.test.\n$TTL 60\n@ SOA ns host 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nrelative A 192.0.2.1\n${known.map(entry).join('')}`,
    );
    expect(records.length).toBe(known.length + 4);
    const directory = mkdtempSync(join(tmpdir(), 'wirebook-zone-'));
    writeFileSync(join(directory, 'zone'), zoneText(records));
    const done = spawnSync(tool, [...argument, join(directory, 'zone')], {encoding: 'utf8'});
    rmSync(directory, {recursive: true});
    expect(done.status === 0 ? '' : done.stdout + done.stderr).toBe('');
  },
);
