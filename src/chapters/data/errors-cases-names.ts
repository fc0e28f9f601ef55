import type {ErrorCase, NodeTold, Snippet} from './errors-shape.ts';
import {lookupErrorOf} from './errors-symbols.ts';

/** The name that the lab's own name server is asked for; .test is never a real one (RFC 6761 §6.2). */
export const askedName = 'www.wirebook.test';

export const nameCases = [
  named('EAI_NONAME', {
    title: 'Nobody knows that name',
    asks: "'no-such-host', 80, flags=socket.AI_NUMERICHOST",
    text: 'Name or service not known',
    node: lookup("'no..such.host'", 'ENOTFOUND', 'getaddrinfo ENOTFOUND no..such.host'),
    means: 'AI_NUMERICHOST forbids asking anybody, and the text is no address: the name stays unknown.',
    next: 'Check the spelling; leave AI_NUMERICHOST out when names may be given.',
  }),
  named('no-such-name', {
    symbol: 'EAI_NONAME',
    title: 'The name server says: no such name',
    asks: `'${askedName}', 80`,
    text: 'Name or service not known',
    node: lookup(`'${askedName}'`, 'ENOTFOUND', `getaddrinfo ENOTFOUND ${askedName}`),
    means: 'The name server was asked and answered NXDOMAIN (RFC 1035 §4.1.1): the name does not exist.',
    next: 'Check the spelling of the name. Trying again does not help.',
    needs: 'resolver',
  }),
  named('EAI_NODATA', {
    title: 'The name has no address',
    asks: `'${askedName}', 80`,
    text: 'No address associated with hostname',
    node: lookup(`'${askedName}'`, 'ENOTFOUND', `getaddrinfo ENOTFOUND ${askedName}`),
    means: 'The name exists, yet has neither A nor AAAA records: it may be there for mail or text only.',
    next: 'Ask for another type of record, or another name. Node does not tell this from an unknown name.',
    needs: 'resolver',
  }),
  named('EAI_AGAIN', {
    title: 'The name server does not answer',
    asks: `'${askedName}', 80`,
    text: 'Temporary failure in name resolution',
    node: lookup(`'${askedName}'`, 'EAI_AGAIN', `getaddrinfo EAI_AGAIN ${askedName}`),
    means: 'Nobody answered in time, so nothing is known about the name, not even that it does not exist.',
    next: 'Try again later; check the network and /etc/resolv.conf.',
    needs: 'resolver',
  }),
  named('EAI_SYSTEM', {
    title: 'Looking names up failed in the system',
    asks: `'${askedName}', 80`,
    text: 'Device or resource busy',
    node: {why: 'Node hands on the errno that happens to be left over, and not EAI_SYSTEM.'},
    means:
      '/etc/nsswitch.conf names a module that is not there, so nobody could be asked. errno tells more, if anything does.',
    next: 'Look at the line “hosts:” in /etc/nsswitch.conf. Catch OSError: this is no gaierror.',
    needs: 'resolver',
  }),
  named('EAI_SERVICE', {
    title: 'That service has no port',
    asks: "'127.0.0.1', 'no-such-service'",
    text: 'Servname not supported for ai_socktype',
    node: own(
      "net.connect({host: '127.0.0.1', port: 'no-such-service' as unknown as number});",
      'ERR_SOCKET_BAD_PORT',
      "Port should be >= 0 and < 65536. Received type string ('no-such-service').",
    ),
    means: '/etc/services has no such name for this kind of socket. Node has no service names at all.',
    next: 'Give the port as a number.',
  }),
  named('EAI_FAMILY', {
    title: 'getaddrinfo() does not do that family',
    asks: "'127.0.0.1', 80, socket.AF_UNIX",
    text: 'ai_family not supported',
    node: own(
      "await dns.lookup('127.0.0.1', {family: 1});",
      'ERR_INVALID_ARG_VALUE',
      "The property 'options.family' must be one of: 0, 4, 6. Received 1",
    ),
    means: 'Names and ports exist for AF_INET and AF_INET6; a Unix socket has a path and nothing to look up.',
    next: 'Ask for AF_INET, AF_INET6 or AF_UNSPEC.',
  }),
  named('EAI_SOCKTYPE', {
    title: 'The type does not go with the protocol',
    asks: "'127.0.0.1', 80, 0, socket.SOCK_STREAM, socket.IPPROTO_UDP",
    text: 'ai_socktype not supported',
    node: own(
      "dgram.createSocket('stream' as 'udp4');",
      'ERR_SOCKET_BAD_TYPE',
      'Bad socket type specified. Valid types are: udp4, udp6',
    ),
    means: 'A stream that speaks UDP does not exist, so no row of the answer could be right.',
    next: 'Leave the protocol at 0: the type decides it.',
  }),
  named('EAI_BADFLAGS', {
    title: 'The flags contradict each other',
    asks: 'None, 80, flags=socket.AI_CANONNAME',
    text: 'Bad value for ai_flags',
    node: own(
      "await dns.lookup('127.0.0.1', {hints: 4});",
      'ERR_INVALID_ARG_VALUE',
      "The argument 'hints' is invalid. Received 4",
    ),
    means: 'AI_CANONNAME asks for the official name of a host, and no host was given.',
    next: 'Give a host, or leave the flag out.',
  }),
  named('EAI_ADDRFAMILY', {
    title: 'The address is of the other family',
    asks: "'127.0.0.1', 80, socket.AF_INET6",
    text: 'Address family for hostname not supported',
    node: {why: 'Node’s lookup gives a literal address back as it is, whatever family is asked for.'},
    means: '127.0.0.1 is an IPv4 address, and only IPv6 was asked for.',
    next: 'Ask for AF_UNSPEC, or set AI_V4MAPPED.',
  }),
] as const;

interface Named {
  readonly symbol?: string;
  readonly title: string;
  /** The arguments of Python’s getaddrinfo(). */
  readonly asks: string;
  readonly text: string;
  readonly node: NodeTold;
  readonly means: string;
  readonly next: string;
  readonly needs?: 'resolver';
}

function named<const Id extends string>(id: Id, one: Named): ErrorCase & {readonly id: Id} {
  const {symbol = id, title, asks, text, node, means, next, needs} = one;
  const number = lookupErrorOf(symbol);
  const isSystem = symbol === 'EAI_SYSTEM';
  return {
    id,
    group: 'names',
    title,
    symbol,
    number,
    python: {
      class: isSystem ? 'OSError' : 'socket.gaierror',
      // Python raises EAI_SYSTEM as the errno that is set: here a leftover, EBUSY.
      errno: isSystem ? 16 : number,
      text: `[Errno ${isSystem ? 16 : number}] ${text}`,
      snippet: {
        imports: ['import socket'],
        setup: ['sock = socket.socket()'],
        body: [`rows = socket.getaddrinfo(${asks})`, 'sock.connect(rows[0][4][:2])'],
        last: ['sock.close()'],
      },
    },
    node,
    means,
    next,
    healthy: 'lookup',
    ...(needs !== undefined && {needs}),
  };
}

function lookup(name: string, code: string, message: string): NodeTold {
  const snippet: Snippet = {
    imports: [
      "import {once} from 'node:events';",
      "import dns from 'node:dns/promises';",
      "import net from 'node:net';",
    ],
    setup: ['const socket = new net.Socket();'],
    body: [`const {address} = await dns.lookup(${name});`, "await once(socket.connect(80, address), 'connect');"],
    last: ['socket.destroy();'],
  };
  return {code, message, snippet};
}

/** Node refuses by itself, before libc is asked. */
function own(line: string, code: string, message: string): NodeTold {
  const modules = {net: 'node:net', dns: 'node:dns/promises', dgram: 'node:dgram'};
  const used = Object.entries(modules).filter(([name]) => line.includes(`${name}.`));
  const imports = used.map(([name, from]) => `import ${name} from '${from}';`);
  return {code, message, snippet: {imports, setup: [], body: [line], last: ["console.log('finally');"]}};
}
