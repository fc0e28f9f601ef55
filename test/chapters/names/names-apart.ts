import {startApart} from '../../../src/lab/apart.ts';
import {answerTo} from '../../../src/lab/failing-resolver.ts';
import type {Actor} from '../../../src/world/actors/actor.ts';
import type {World} from '../../../src/world/world.ts';

/**
 * A world in which every actor lives in a network of its own, with a name server on 127.0.0.1 that knows a few names of `.test`.
 * Rejects with the reason where this machine does not allow it.
 */
export function apartWorld(world: World): World {
  const start: World['actors']['start'] = async options => {
    const started = await startApart(world, options);
    if (!started.ok) throw new Error(started.why);
    await serve(started.actor);
    return started.actor;
  };
  return {...world, actors: {...world.actors, start}};
}

/** Says aloud when this machine allows no network of its own. */
export async function apartIsAllowed(world: World): Promise<boolean> {
  const tried = await startApart(world, {name: 'probe'});
  if (!tried.ok) {
    console.warn(`look-ups with a name server are left out: ${tried.why}`);
    return false;
  }
  await tried.actor.stop();
  return true;
}

const many = Array.from({length: 40}, (_, index) => [10, 9, 1, index + 1]);
const addresses: Readonly<Record<string, readonly number[][]>> = {
  'a.test': [[10, 9, 0, 1]],
  'alias.test': [[10, 9, 0, 1]],
  'big.test': many,
  'nodata.test': [],
};

const server = {family: 'AF_INET', host: '127.0.0.1', port: 53} as const;

async function serve(actor: Actor): Promise<void> {
  const udp = actor.thread('name-server-udp');
  const {result: datagrams} = await udp.call('socket', ['AF_INET', 'SOCK_DGRAM']);
  await udp.call('bind', [datagrams, server]);
  const tcp = actor.thread('name-server-tcp');
  const {result: listener} = await tcp.call('socket', ['AF_INET', 'SOCK_STREAM']);
  await tcp.call('bind', [listener, server]);
  await tcp.call('listen', [listener, 5]);
  const ended = () => undefined;
  void (async () => {
    for (;;) {
      const {received, address} = await udp.call('recvfrom', [datagrams, 512]);
      const answer = received === undefined ? undefined : respond(received, 'udp');
      if (answer !== undefined && address !== undefined) await udp.call('sendto', [datagrams, answer, address]);
    }
  })().catch(ended);
  void (async () => {
    for (;;) {
      const {result: fd} = await tcp.call('accept4', [listener]);
      const {received} = await tcp.call('recv', [fd, 514]);
      const answer = received === undefined ? undefined : respond(received.subarray(2), 'tcp');
      if (answer !== undefined)
        await tcp.call('send', [fd, Uint8Array.from([answer.length >> 8, answer.length & 255, ...answer])]);
      await tcp.call('close', [fd]);
    }
  })().catch(ended);
}

/** RFC 1035 §4.1: the question again, and what there is; nothing for a name that is to time out. */
function respond(query: Uint8Array, over: 'udp' | 'tcp'): Uint8Array | undefined {
  const [name, type] = questionOf(query);
  if (name === 'silent.test') return undefined;
  if (name === 'refused.test') return answerTo(query, 5);
  const found = Object.hasOwn(addresses, name) ? addresses[name]! : undefined;
  if (found === undefined) return answerTo(query, 3);
  const answer = answerTo(query, 0);
  if (type !== 1 || found.length === 0) return answer;
  if (found.length > 20 && over === 'udp') {
    answer[2]! |= 2;
    return answer;
  }
  const alias = name === 'alias.test' ? [0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 4, 1, 0x61, 0xc0, 18] : [];
  // The owner of the address is where the alias leads: `a` and the rest of the question’s name.
  const owner = alias.length > 0 ? [1, 0x61, 0xc0, 18] : [0xc0, 12];
  const records = found.flatMap(address => [...owner, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, ...address]);
  answer[7] = found.length + (alias.length > 0 ? 1 : 0);
  return Uint8Array.from([...answer, ...alias, ...records]);
}

function questionOf(query: Uint8Array): [name: string, type: number] {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0 && at < query.length) {
    labels.push(new TextDecoder().decode(query.subarray(at + 1, at + 1 + query[at]!)).toLowerCase());
    at += query[at]! + 1;
  }
  return [labels.join('.'), (query[at + 1]! << 8) | query[at + 2]!];
}
