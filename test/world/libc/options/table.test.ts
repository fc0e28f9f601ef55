import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {createBerkeley} from '../../../../src/world/libc/berkeley.ts';
import * as constants from '../../../../src/world/libc/constants.ts';
import {openNative} from '../../../../src/world/libc/ffi.ts';
import {optionLevels} from '../../../../src/world/libc/options/option.ts';
import {findOption, optionsOf, optionTable} from '../../../../src/world/libc/options/table.ts';
import {has, noLibc, run} from '../../support/tools.ts';

const notLinux = process.platform !== 'linux';
const headers = ['asm-generic/socket.h', 'linux/in.h', 'linux/in6.h', 'linux/tcp.h', 'linux/udp.h']
  .map(name => `/usr/include/${name}`)
  .filter(path => existsSync(path));
if (headers.length === 0) console.warn('no C headers here: the option numbers are not held against them');

describe('the option table', () => {
  test('has each name once, each number once per level, and says what each is for', () => {
    expect(new Set(optionTable.map(option => option.name)).size).toBe(optionTable.length);
    expect(new Set(optionTable.map(option => `${option.level} ${option.number}`)).size).toBe(optionTable.length);
    for (const {purpose} of optionTable) expect(purpose).toMatch(/^\S.{10,110}\.$/);
  });

  test('is searched by name and by numbers', () => {
    expect(findOption('SO_RCVBUF')).toMatchObject({level: 'SOL_SOCKET', number: 8});
    expect(findOption(6, 11)).toBe(findOption('TCP_INFO'));
    expect(findOption('IPPROTO_UDP', 104)?.name).toBe('UDP_GRO');
    expect(findOption('SO_NOTHING')).toBeUndefined();
  });

  test.skipIf(headers.length === 0)('has the numbers of the C headers', () => {
    const defined = new Map<string, number>();
    for (const path of headers)
      for (const [, name, value] of readFileSync(path, 'utf8').matchAll(/^#define\s+(\w+)\s+(\d+)\b/gm))
        if (!defined.has(name!)) defined.set(name!, Number(value));
    // The headers choose between an old and a new number for times; 64-bit Linux has the old one.
    const value = (name: string): number | undefined => defined.get(name) ?? defined.get(`${name}_OLD`);
    const known = optionTable.filter(option => value(option.name) !== undefined);
    expect(known.length).toBeGreaterThan(120);
    expect(known.map(({name, number}) => [name, number])).toEqual(known.map(({name}) => [name, value(name)]));
  });

  test.skipIf(notLinux || !has('python3'))('has the numbers of Python', () => {
    const code =
      'import socket, select, json; print(json.dumps({n: int(getattr(m, n)) for m in (select, socket) for n in dir(m) if n.isupper() and isinstance(getattr(m, n), int)}))';
    const python = JSON.parse(run('python3', ['-c', code])) as Record<string, number>;
    const ours = Object.entries({
      ...Object.fromEntries(optionTable.map(({name, number}) => [name, number])),
      ...optionLevels,
      ...constants.families,
      ...constants.socketTypes,
      ...constants.socketFlags,
      ...constants.protocols,
      ...constants.directions,
      ...constants.messageFlags,
      ...constants.pollEvents,
      ...constants.epollEvents,
      ...constants.lookupFlags,
    }).filter(([name]) => python[name] !== undefined);
    expect(ours.length).toBeGreaterThan(90);
    expect(ours).toEqual(ours.map(([name]) => [name, name === 'EPOLLET' ? 2 ** 31 : python[name]]));
  });
});

describe.skipIf(noLibc)('reading the options of real sockets', () => {
  const opened = openNative();
  const libc = opened.available ? createBerkeley(opened.native) : undefined;

  test.each([
    ['AF_INET', 'SOCK_STREAM'],
    ['AF_INET6', 'SOCK_STREAM'],
    ['AF_INET', 'SOCK_DGRAM'],
    ['AF_INET6', 'SOCK_DGRAM'],
  ] as const)('%s %s', (family, type) => {
    const fd = libc!.socket(family, type).result;
    try {
      const told = optionsOf(family, type).map(option => ({
        name: option.name,
        record: libc!.getsockopt(fd, option.name),
      }));
      // A path's MTU exists only when connected; a kernel may be older, or refuse what needs privilege.
      const unread = told.filter(({record}) => record.result < 0);
      expect(
        unread.filter(
          ({record}) => !['ENOTCONN', 'ENOPROTOOPT', 'EOPNOTSUPP', 'EPERM', 'ENOTSUP'].includes(record.errno!),
        ),
      ).toEqual([]);
      expect(told.length - unread.length).toBeGreaterThan(60);
      expect(told.filter(({record}) => record.result === 0 && record.value === undefined)).toEqual([]);
      const value = (name: string) => told.find(entry => entry.name === name)!.record.value;
      expect(value('SO_TYPE')).toBe(constants.socketTypes[type]);
      expect(value('SO_DOMAIN')).toBe(constants.families[family]);
      expect(value('SO_LINGER')).toEqual({on: false, seconds: 0});
      expect(value('SO_REUSEADDR')).toBe(false);
    } finally {
      libc!.close(fd);
    }
  });
});
