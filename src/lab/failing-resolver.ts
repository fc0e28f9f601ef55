import type {Actor} from '../world/actors/actor.ts';

/** How a name server may disappoint: say that there is no such name, know no address for it, fail, or say nothing. */
export type Disappointment = 'no such name' | 'no address' | 'failure' | 'silence';

/** RCODE of each (RFC 1035 §4.1.1); silence has none. */
const codes: Readonly<Record<Exclude<Disappointment, 'silence'>, number>> = {
  'no address': 0,
  failure: 2,
  'no such name': 3,
};

/** A name server on 127.0.0.1:53 of the network that the actor lives in. Until it is closed it answers each question the same way. */
export async function serveNames(actor: Actor, how: Disappointment): Promise<{close(): Promise<void>} | undefined> {
  const thread = actor.thread('resolver');
  const {result: fd} = await thread.call('socket', ['AF_INET', 'SOCK_DGRAM']);
  const bound = await thread.call('bind', [fd, {family: 'AF_INET', host: '127.0.0.1', port: 53}]);
  if (bound.errno !== undefined) return undefined;
  let closing = false;
  const serving = (async () => {
    while (!closing) {
      const {received, address, errno} = await thread.call('recvfrom', [fd, 512]);
      if (closing || errno !== undefined || received === undefined) return;
      if (how === 'silence' || address === undefined || received.length < 12) continue;
      await thread.call('sendto', [fd, answerTo(received, codes[how]), address]);
    }
  })().catch(() => undefined);
  return {
    async close() {
      closing = true;
      // recvfrom() does not return by itself: one datagram to its own port wakes it.
      const control = actor.thread('control-resolver');
      const {result: waker} = await control.call('socket', ['AF_INET', 'SOCK_DGRAM']);
      await control.call('sendto', [waker, new Uint8Array(1), {family: 'AF_INET', host: '127.0.0.1', port: 53}]);
      await serving;
      await control.call('close', [waker]);
      await thread.call('close', [fd]);
    },
  };
}

/** The question again with QR, RD and RA set, this RCODE and no records (RFC 1035 §4.1.1). Additional records are left out. */
export function answerTo(query: Uint8Array, code: number): Uint8Array {
  let end = 12;
  while (end < query.length && query[end] !== 0) end += query[end]! + 1;
  const question = query.subarray(12, Math.min(query.length, end + 5));
  const answer = new Uint8Array(12 + question.length);
  answer.set(query.subarray(0, 2));
  answer.set([0x81, 0x80 | code, 0, 1], 2);
  answer.set(question, 12);
  return answer;
}
