import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {createBerkeley} from '../../../src/world/libc/berkeley.ts';
import {openNative} from '../../../src/world/libc/ffi.ts';
import {
  type FileEntry,
  findByName,
  findByNumber,
  parseProtocols,
  parseServices,
} from '../../../src/world/libc/lookup/database-file.ts';
import {has, noLibc, run} from '../support/tools.ts';

const opened = openNative();
const libc = opened.available ? createBerkeley(opened.native) : undefined;
const hasFiles = has('getent', 'services', 'http');

const byGetent = (database: string, ...keys: string[]) =>
  run('getent', [database, ...keys])
    .trim()
    .split('\n');
const lineOf = ({
  name,
  number,
  protocol,
  aliases,
}: {
  name: string;
  number: number;
  protocol?: string;
  aliases: readonly string[];
}) => [`${name.padEnd(21)} ${number}${protocol === undefined ? '' : `/${protocol}`}`, ...aliases].join(' ');

describe.skipIf(noLibc || !hasFiles)('services and protocols through libc', () => {
  test('www is http, and has its alias', () => {
    const {entry, result, text} = libc!.getservbyname('www');
    expect([result, text]).toEqual([0, 'getservbyname_r("www", NULL, ...)']);
    expect(entry).toEqual({name: 'http', aliases: ['www'], number: 80, protocol: 'tcp'});
    expect(libc!.getservbyport(80).entry).toEqual(entry);
  });

  test('www over udp, port 1060 and a name that nobody has are not found, which is no error', () => {
    for (const record of [
      libc!.getservbyname('www', 'udp'),
      libc!.getservbyport(1060),
      libc!.getprotobyname('nosuch'),
    ]) {
      expect(record).toMatchObject({result: -1});
      expect(record).not.toHaveProperty('errno');
      expect(record).not.toHaveProperty('entry');
    }
  });

  test('UDP is 17 by either name', () => {
    expect(libc!.getprotobyname('UDP').entry).toEqual({name: 'udp', aliases: ['UDP'], number: 17});
    expect(libc!.getprotobynumber(17).entry?.name).toBe('udp');
  });

  test('every line of getent is what libc gives, by name and by number', () => {
    const services = parseServices(readFileSync('/etc/services', 'utf8'));
    const protocols = parseProtocols(readFileSync('/etc/protocols', 'utf8'));
    expect(services.map(lineOf)).toEqual(byGetent('services'));
    expect(protocols.map(lineOf)).toEqual(byGetent('protocols'));
    const plain = ({line: _line, comment: _comment, ...entry}: FileEntry) => entry;
    for (const {name, number, protocol} of services) {
      // The first line that has it, whether as its name or as an alias.
      expect(libc!.getservbyname(name, protocol).entry).toEqual(plain(findByName(services, name, protocol)!));
      expect(libc!.getservbyport(number, protocol).entry).toEqual(plain(findByNumber(services, number, protocol)!));
    }
    for (const {name, number} of protocols) {
      expect(libc!.getprotobyname(name).entry).toEqual(plain(findByName(protocols, name)!));
      expect(libc!.getprotobynumber(number).entry).toEqual(plain(findByNumber(protocols, number)!));
    }
  });
});
