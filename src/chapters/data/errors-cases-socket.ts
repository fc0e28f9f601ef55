import {pythonClassOf} from './errors-python.ts';
import type {ErrorCase, Group, NodeTold, Snippet} from './errors-shape.ts';
import {errnoOf} from './errors-symbols.ts';

/** A server of the program’s own on a port that the kernel chooses. */
export const pythonServer = ["server = socket.create_server(('127.0.0.1', 0))", 'address = server.getsockname()'];

export const nodeServer = [
  "const server = net.createServer(peer => peers.push(peer)).listen(0, '127.0.0.1');",
  "await once(server, 'listening');",
  'const {port} = server.address() as AddressInfo;',
];

export const nodePeers = 'const peers: net.Socket[] = [];';

export const netImports = ["import {once} from 'node:events';", "import net, {type AddressInfo} from 'node:net';"];

export const endNode = ['socket.destroy();', 'server.close();', 'for (const peer of peers) peer.destroy();'];

export interface Failing {
  readonly id?: string;
  readonly title: string;
  readonly group: Group;
  /** What strerror() says. */
  readonly text: string;
  readonly python: Omit<Snippet, 'imports'> & {readonly imports?: readonly string[]};
  readonly node: NodeTold;
  readonly means: string;
  readonly next: string;
  readonly healthy: ErrorCase['healthy'];
  readonly needs?: ErrorCase['needs'];
}

/** A socket call that fails with an errno. */
export function failing<const Id extends string>(id: Id, symbol: string, one: Failing): ErrorCase & {readonly id: Id} {
  const {title, group, text, python, node, means, next, healthy, needs} = one;
  const number = errnoOf(symbol);
  const name = pythonClassOf(symbol);
  const {imports = ['import socket'], ...pieces} = python;
  return {
    id,
    group,
    title,
    symbol,
    number,
    python: {
      class: name,
      errno: number,
      text: `[Errno ${number}] ${text}`,
      // Where the class is OSError itself, only errno tells this error from the others.
      snippet: {...pieces, imports: name === 'OSError' ? ['import errno', ...imports] : imports},
    },
    node,
    means,
    next,
    healthy,
    ...(needs !== undefined && {needs}),
  };
}
