import {describe, expect, test} from 'vitest';
import {
  findByName,
  findByNumber,
  parseProtocols,
  parseServices,
} from '../../../../src/world/libc/lookup/database-file.ts';
import {hostsLinesFor, parseHosts} from '../../../../src/world/libc/lookup/hosts-file.ts';
import {describeSource, parseSwitch} from '../../../../src/world/libc/lookup/nsswitch.ts';
import {namesTried, parseResolver} from '../../../../src/world/libc/lookup/search-list.ts';

describe('nsswitch.conf', () => {
  test('has sources in order, each with what is said about going on', () => {
    const text = '# hosts: nothing\npasswd: files\nhosts:  files mdns4_minimal [NOTFOUND=return] dns # and no more\n';
    expect(parseSwitch(text)).toEqual({
      line: 3,
      text: 'hosts:  files mdns4_minimal [NOTFOUND=return] dns # and no more',
      sources: [
        {name: 'files', actions: []},
        {name: 'mdns4_minimal', actions: ['NOTFOUND=return']},
        {name: 'dns', actions: []},
      ],
    });
  });

  test('takes an action without blanks around it, and several in one pair of brackets', () => {
    expect(parseSwitch('hosts: resolve[!UNAVAIL=return SUCCESS=continue]files').sources).toEqual([
      {name: 'resolve', actions: ['!UNAVAIL=return', 'SUCCESS=continue']},
      {name: 'files', actions: []},
    ]);
  });

  test.each(['', 'passwd: files\n', '#hosts: dns'])('without a line for hosts says what glibc does: %j', text => {
    const {line, sources} = parseSwitch(text);
    expect([line, sources.map(({name}) => name)]).toEqual([0, ['files', 'dns']]);
  });

  test('the last line counts', () => {
    expect(parseSwitch('hosts: dns\nhosts: files\n').sources).toEqual([{name: 'files', actions: []}]);
  });

  test('knows what some sources are', () => {
    expect(describeSource('files')).toMatch(/hosts/);
    expect(describeSource('constructor')).toBeUndefined();
  });
});

describe('the hosts file', () => {
  const lines = parseHosts(
    '127.0.0.1\tlocalhost\n\n# 1.1.1.1 no\n ::1 localhost ip6-localhost # six\n10.0.0.1\n10.0.0.2 NAS.home.test nas\n',
  );

  test('has an address and names on a line, and the number of the line', () => {
    expect(lines.map(({line, address, names}) => [line, address, ...names])).toEqual([
      [1, '127.0.0.1', 'localhost'],
      [4, '::1', 'localhost', 'ip6-localhost'],
      [6, '10.0.0.2', 'NAS.home.test', 'nas'],
    ]);
  });

  test.each([
    ['localhost', [1, 4]],
    ['LocalHost.', [1, 4]],
    ['nas.home.test', [6]],
    ['home.test', []],
  ])('%s stands on lines %j', (name, wanted) => {
    expect(hostsLinesFor(lines, name).map(({line}) => line)).toEqual(wanted);
  });
});

describe('services and protocols', () => {
  const services = parseServices(
    'http 80/tcp www # WorldWideWeb\nhttp 80/udp\nbad 70000/tcp\nbad tcp\n# x 1/tcp\nold 9,tcp\n',
  );

  test('what cannot be read is left out', () => {
    expect(services.map(({name, number, protocol, line}) => [name, number, protocol, line])).toEqual([
      ['http', 80, 'tcp', 1],
      ['http', 80, 'udp', 2],
      ['old', 9, 'tcp', 6],
    ]);
    expect(services[0]).toMatchObject({aliases: ['www'], comment: 'WorldWideWeb'});
  });

  test('are found by name, alias and number, for one protocol or any', () => {
    expect(findByName(services, 'www')?.line).toBe(1);
    expect(findByName(services, 'http', 'udp')?.line).toBe(2);
    expect(findByName(services, 'www', 'udp')).toBeUndefined();
    expect(findByName(services, 'WWW')).toBeUndefined();
    expect(findByNumber(services, 80, 'udp')?.line).toBe(2);
    expect(findByNumber(services, 81)).toBeUndefined();
    const protocols = parseProtocols('udp 17 UDP # user datagram\nx y\n');
    expect(findByName(protocols, 'UDP')).toMatchObject({name: 'udp', number: 17});
    expect(findByNumber(protocols, 17)?.name).toBe('udp');
  });
});

describe('resolv.conf', () => {
  test('has servers, a search list and options', () => {
    const text =
      'nameserver 192.0.2.1\nnameserver 2001:db8::1 ; second\nsearch a.test b.test\noptions ndots:2 timeout:1\n';
    expect(parseResolver(text)).toEqual({
      servers: ['192.0.2.1', '2001:db8::1'],
      search: ['a.test', 'b.test'],
      ndots: 2,
      options: ['ndots:2', 'timeout:1'],
    });
  });

  test('only three servers count, and none is this machine', () => {
    expect(parseResolver('nameserver 1\nnameserver 2\nnameserver 3\nnameserver 4').servers).toEqual(['1', '2', '3']);
    expect(parseResolver('').servers).toEqual(['127.0.0.1']);
  });

  test('the later of search and domain counts; without either the machine’s own domain', () => {
    expect(parseResolver('search a b\ndomain c d').search).toEqual(['c']);
    expect(parseResolver('', 'host.home.test').search).toEqual(['home.test']);
    expect(parseResolver('', 'host').search).toEqual([]);
  });

  test('the environment has the last word', () => {
    const read = parseResolver('search a\noptions ndots:2', '', {LOCALDOMAIN: 'x y', RES_OPTIONS: 'ndots:99'});
    expect([read.search, read.ndots]).toEqual([['x', 'y'], 15]);
  });
});

describe('the search list', () => {
  const search = ['a.test', 'b.test.'];
  test.each([
    ['www', 1, ['www.a.test.', 'www.b.test.', 'www.']],
    ['www.x', 1, ['www.x.', 'www.x.a.test.', 'www.x.b.test.']],
    ['www.x', 2, ['www.x.a.test.', 'www.x.b.test.', 'www.x.']],
    ['www.', 1, ['www.']],
    ['www', 0, ['www.', 'www.a.test.', 'www.b.test.']],
  ])('makes of %s with ndots %i: %j', (name, ndots, tried) => {
    expect(namesTried(name, {search, ndots})).toEqual(tried);
  });

  test('the root in the list is the name as it is', () => {
    expect(namesTried('www', {search: ['.'], ndots: 1})).toEqual(['www.']);
  });
});
