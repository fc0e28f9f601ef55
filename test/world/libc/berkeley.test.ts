import {afterEach, describe, expect, test} from 'vitest';
import type {SocketAddress} from '../../../src/world/libc/address.ts';
import {type Berkeley, createBerkeley} from '../../../src/world/libc/berkeley.ts';
import {openNative} from '../../../src/world/libc/ffi.ts';
import type {CallRecord} from '../../../src/world/libc/record.ts';
import {noLibc} from '../support/tools.ts';

const here: SocketAddress = {family: 'AF_INET', host: '127.0.0.1', port: 0};
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const bytes = (line: string): Uint8Array => new TextEncoder().encode(line);

describe.skipIf(noLibc)('the Berkeley calls on real sockets', () => {
  const opened = openNative();
  const told: string[] = [];
  const open = new Set<number>();
  const libc: Berkeley = opened.available
    ? createBerkeley(opened.native, {enter: call => told.push(`> ${call.text}`), leave: keep})
    : (undefined as never);

  function keep(record: CallRecord): void {
    told.push(`< ${record.text} = ${record.result}`);
    if (['socket', 'accept4', 'epoll_create1', 'eventfd'].includes(record.name) && record.result >= 0)
      open.add(record.result);
    if (record.name === 'close' && record.result === 0) open.delete(record.arguments[0] as number);
  }

  afterEach(() => {
    for (const fd of [...open]) libc.close(fd);
    told.length = 0;
  });

  function pair() {
    const listening = libc.socket('AF_INET', 'SOCK_STREAM').result;
    expect(libc.bind(listening, here).result).toBe(0);
    expect(libc.listen(listening, 1).result).toBe(0);
    const address = libc.getsockname(listening).address!;
    const client = libc.socket('AF_INET', 'SOCK_STREAM').result;
    expect(libc.connect(client, address).result).toBe(0);
    const accepted = libc.accept4(listening);
    expect(accepted.address).toEqual(libc.getsockname(client).address);
    return {listening, client, server: accepted.result, address};
  }

  test('a conversation, and what each call tells', () => {
    const {client, server, address} = pair();
    expect(libc.getpeername(client).address).toEqual(address);
    const sent = libc.send(client, bytes('hello'));
    expect(sent).toMatchObject({name: 'send', result: 5, text: `send(${client}, "hello", 5, MSG_NOSIGNAL)`});
    expect(sent.errno).toBeUndefined();
    expect(sent.seconds).toBeGreaterThan(0);
    expect(text(sent.sent)).toBe('hello');
    expect(libc.poll([{fd: server, events: ['POLLIN']}], 5000).ready).toEqual([{fd: server, events: ['POLLIN']}]);
    expect(libc.ioctl(server, 'SIOCINQ').number).toBe(5);
    expect(text(libc.recv(server, 100, ['MSG_PEEK']).received)).toBe('hello');
    const received = libc.recv(server, 3);
    expect(received.text).toBe(`recv(${server}, "hel", 3, 0)`);
    expect(text(received.received)).toBe('hel');
    expect(libc.getsockopt(server, 'TCP_INFO').value).toMatchObject({state: 'ESTABLISHED', bytesReceived: 5});
    expect(libc.shutdown(client, 'SHUT_WR').result).toBe(0);
    expect(libc.recv(server, 10).result).toBe(2);
    expect(libc.recv(server, 10)).toMatchObject({result: 0, received: new Uint8Array(0)});
  });

  test('entering is told before leaving, with dots where the results will be', () => {
    const fd = libc.socket('AF_INET', 'SOCK_STREAM').result;
    libc.bind(fd, here);
    told.length = 0;
    const {address} = libc.getsockname(fd);
    expect(told[0]).toBe(`> getsockname(${fd}, ..., ...)`);
    expect(told[1]).toBe(`< getsockname(${fd}, {127.0.0.1:${(address as {port: number}).port}}, {16}) = 0`);
  });

  test('a failure is a value with its errno, and the next success has none', () => {
    expect(libc.listen(9999, 1)).toMatchObject({result: -1, errno: 'EBADF', errnoNumber: 9});
    const fd = libc.socket('AF_INET', 'SOCK_STREAM').result;
    expect(libc.recv(fd, 1).errno).toBe('ENOTCONN');
    expect(libc.setNonBlocking(fd, true)).not.toHaveProperty('errno');
    const other = pair();
    libc.setNonBlocking(other.client, true);
    expect(libc.recv(other.client, 1)).toMatchObject({result: -1, errno: 'EAGAIN'});
    expect(libc.bind(fd, other.address).errno).toBe('EADDRINUSE');
  });

  test('no descriptor is inherited by a program that is started', () => {
    const {listening, client, server} = pair();
    for (const fd of [listening, client, server, libc.epoll_create1().result, libc.eventfd(0).result])
      expect(libc.fcntl(fd, 'F_GETFD').number).toBe(1);
  });

  test('options: the kernel doubles a buffer size, linger has two parts, a name is text', () => {
    const {client} = pair();
    expect(libc.setsockopt(client, 'SO_RCVBUF', 50_000).result).toBe(0);
    expect(libc.getsockopt(client, 'SO_RCVBUF')).toMatchObject({
      value: 100_000,
      text: `getsockopt(${client}, SOL_SOCKET, SO_RCVBUF, {100000}, {4})`,
    });
    libc.setsockopt(client, 'SO_LINGER', {on: true, seconds: 3});
    expect(libc.getsockopt(client, 'SO_LINGER').value).toEqual({on: true, seconds: 3});
    expect(libc.getsockopt(client, 'TCP_CONGESTION').value).toMatch(/^[a-z]+$/);
    expect(libc.getsockopt(client, {level: 1, option: 3}).value).toBe(1);
    expect(libc.getsockopt(client, {level: 1, option: 9999}).errno).toBe('ENOPROTOOPT');
    expect(() => libc.getsockopt(client, 'SO_TYPO')).toThrow(/No socket option/);
  });

  test('datagrams: an empty one is one, and one that does not fit is cut', () => {
    const [one, two] = [libc.socket('AF_INET', 'SOCK_DGRAM').result, libc.socket('AF_INET', 'SOCK_DGRAM').result];
    libc.bind(two, here);
    const to = libc.getsockname(two).address!;
    expect(libc.sendto(one, bytes(''), to).result).toBe(0);
    expect(libc.sendto(one, bytes('a datagram'), to).result).toBe(10);
    expect(libc.recvfrom(two, 4)).toMatchObject({
      result: 0,
      address: {family: 'AF_INET', host: '127.0.0.1'},
    });
    const cut = libc.recvfrom(two, 4, ['MSG_TRUNC']);
    expect([cut.result, text(cut.received)]).toEqual([10, 'a da']);
    expect(libc.sendto(one, new Uint8Array(70_000), to).errno).toBe('EMSGSIZE');
    expect(libc.sendto(one, bytes('x'), {family: 'AF_INET', host: '127.255.255.255', port: 9}).errno).toBe('EACCES');
  });

  test('poll, select and epoll agree on who is ready', () => {
    const {client, server, listening} = pair();
    libc.send(client, bytes('x'));
    expect(libc.select([server, listening], [], [], 5000).ready).toEqual([{fd: server, events: ['read']}]);
    const epoll = libc.epoll_create1().result;
    libc.epoll_ctl(epoll, 'EPOLL_CTL_ADD', server, ['EPOLLIN']);
    libc.epoll_ctl(epoll, 'EPOLL_CTL_ADD', listening, ['EPOLLIN']);
    expect(libc.epoll_wait(epoll, 8, 5000).ready).toEqual([{fd: server, events: ['EPOLLIN']}]);
    libc.epoll_ctl(epoll, 'EPOLL_CTL_DEL', server, []);
    expect(libc.epoll_wait(epoll, 8, 0).ready).toEqual([]);
    expect(libc.poll([{fd: 9999, events: ['POLLIN']}], 0).ready).toEqual([{fd: 9999, events: ['POLLNVAL']}]);
    expect(() => libc.select([1024], [], [], 0)).toThrow(/no room for descriptor 1024/);
  });

  test('names: a literal has its rows, a failure its EAI name', () => {
    expect(libc.getaddrinfo('127.0.0.1', '80', {type: 'SOCK_STREAM', flags: ['AI_NUMERICHOST']}).rows).toMatchObject([
      {family: 'AF_INET', type: 'SOCK_STREAM', protocol: 'IPPROTO_TCP', address: {...here, port: 80}},
    ]);
    // Without a type there is a row for each kind of socket.
    expect(libc.getaddrinfo('::1', '80').rows!.map(row => row.type)).toEqual(['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW']);
    const failed = libc.getaddrinfo('not a literal', null, {flags: ['AI_NUMERICHOST']});
    expect(failed).toMatchObject({result: -2, errno: 'EAI_NONAME'});
    expect(failed).not.toHaveProperty('errnoNumber');
    expect(libc.getservbyname('no such service', 'tcp')).toMatchObject({result: -1});
  });
});
