import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {createBerkeley} from '../../../../src/world/libc/berkeley.ts';
import {lookupFlags} from '../../../../src/world/libc/constants.ts';
import {openNative} from '../../../../src/world/libc/ffi.ts';
import {has, noLibc} from '../../support/tools.ts';

interface Question {
  readonly host: string | null;
  readonly service: string | null;
  readonly family: number;
  readonly type: number;
  readonly proto: number;
  readonly flags: number;
  readonly portable: boolean;
}

type Answer = {readonly error: number; readonly says: string} | {readonly rows: readonly unknown[]};

const vectors = join(import.meta.dirname, '../../../vectors');
const kept = JSON.parse(readFileSync(join(vectors, 'lookups.json'), 'utf8')) as (Question & Answer)[];

const opened = openNative();
const libc = opened.available ? createBerkeley(opened.native) : undefined;

/** The answer as Python gives it: five values a row, the number and the words of a failure. */
function ours({host, service, family, type, proto, flags}: Question): Answer {
  const names = (Object.keys(lookupFlags) as (keyof typeof lookupFlags)[]).filter(
    name => (flags & lookupFlags[name]) !== 0,
  );
  const record = libc!.getaddrinfo(host, service, {family, type, protocol: proto, flags: names});
  if (record.errno !== undefined) return {error: record.result, says: record.message ?? ''};
  const rows = record.rows!.map(({raw, canonicalName = '', address}) => {
    if (address.family === 'AF_UNIX') throw new Error('getaddrinfo() gives no such address');
    const {family: of, type: kind, protocol, sockaddr} = raw!;
    const scoped = address.family === 'AF_INET6' ? [address.flow ?? 0, address.scope ?? 0] : [];
    expect(sockaddr.length).toBe(raw!.length);
    return [of, kind, protocol, canonicalName, [dotted(address.host), address.port, ...scoped]];
  });
  return {rows};
}

/** inet_ntop() has the last 32 bits of ::7f00:1 in dots; an address here keeps to RFC 5952. */
function dotted(host: string): string {
  const [, high, low] = /^::([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  const bytes = [high, low].flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return `::${bytes.join('.')}`;
}

const answerOf = (one: Question & Answer): Answer =>
  'rows' in one ? {rows: one.rows} : {error: one.error, says: one.says};
/** Flags that libc has no name for cannot be asked for here. */
const askable = ({flags}: Question) => flags < 0x800;
const titleOf = ({host, service, family, type, proto, flags}: Question) =>
  JSON.stringify([host, service, family, type, proto, flags]);

describe.skipIf(noLibc)('getaddrinfo() gives what it gave Python', () => {
  const portable = kept.filter(one => one.portable && askable(one));

  test('there are enough questions', () => {
    expect(kept.length).toBeGreaterThan(150);
    expect(portable.length).toBeGreaterThan(100);
  });

  test.each(portable.map(one => [titleOf(one), one] as const))('%s', (_title, one) => {
    expect(ours(one)).toEqual(answerOf(one));
  });
});

describe.skipIf(noLibc)('and what it gives Python here and now', () => {
  const python = ['/usr/bin/python3', 'python3'].find(name => spawnSync(name, ['-c', '']).status === 0);
  if (python === undefined) console.warn('python3 is not installed: the look-ups are not compared with it');

  test.skipIf(python === undefined)('row by row, in the same order, with the same errors', () => {
    const {stdout} = spawnSync(python!, [join(vectors, 'make-lookups.py')], {encoding: 'utf8', maxBuffer: 2 ** 24});
    const told = (JSON.parse(stdout) as (Question & Answer)[]).filter(askable);
    expect(told.length).toBeGreaterThan(150);
    expect(told.map(one => [titleOf(one), ours(one)])).toEqual(told.map(one => [titleOf(one), answerOf(one)]));
  });
});

const hasGetent = has('getent', 'services', 'http');

/** What getent's databases of addresses ask for; all set these flags themselves. */
const databases = {ahosts: 0, ahostsv4: 2, ahostsv6: 10} as const;

describe.skipIf(noLibc || !hasGetent)('and what getent gives here and now', () => {
  // A name that only a name server could know is left out, and getent takes no empty one.
  const hosts = [...new Set(kept.map(({host}) => host))].filter(host => host !== null && host !== '' && host !== '*');

  test('for every host of the table', () => {
    expect(hosts.length * Object.keys(databases).length).toBeGreaterThan(120);
    for (const [database, family] of Object.entries(databases))
      for (const host of hosts as readonly string[]) {
        const {rows = []} = libc!.getaddrinfo(host, null, {
          family,
          flags: ['AI_V4MAPPED', 'AI_ADDRCONFIG', 'AI_CANONNAME'],
        });
        const given = rows.map(({address, type}) => [
          address.family === 'AF_UNIX' ? '' : dotted(address.host),
          type.replace('SOCK_', ''),
        ]);
        expect([database, host, given]).toEqual([database, host, toldBy(database, host)]);
      }
  });
});

/** Address and type of each row; none where getent finds nothing, which it says with its exit code only. */
function toldBy(database: string, host: string): readonly (readonly (string | undefined)[])[] {
  const {stdout} = spawnSync('getent', [database, '--', host], {encoding: 'utf8'});
  const lines = stdout.split('\n').filter(line => line !== '');
  return lines.map(line => line.split(/\s+/).slice(0, 2)).map(([address, type]) => [address?.replace(/%.*/, ''), type]);
}
