import {codes, options} from '../../wire/dns/numbers.ts';
import type {EdnsOption, Message} from '../../wire/dns/types.ts';
import type {Cookies} from './cookies.ts';
import type {ExtendedError} from './reply.ts';
import type {Asker, Response} from './respond.ts';

/** What a server adds to its answers besides the answer. */
export interface Extras {
  /** RFC 5001: who answers, where several share an address. */
  readonly nsid: string;
  readonly cookies: Cookies;
  /** Over UDP it answers only who has a cookie of its own making. */
  readonly strict?: boolean;
  padding(request: Message, asker: Asker, length: number): EdnsOption | undefined;
}

/** How long an idle connection is kept, in tenths of a second (RFC 7828 §3.1). */
export const keepaliveTenths = 300;

/** RFC 8467 §4.1: answers are padded to a multiple of this. */
const blockBytes = 468;

export const padded: Extras['padding'] = (request, {transport}, length) => {
  const asks = optionOf(request, options.PADDING) !== undefined;
  if (!asks || transport === 'udp' || transport === 'tcp') return undefined;
  const missing = (blockBytes - ((length + 4) % blockBytes)) % blockBytes;
  return {code: options.PADDING, data: new Uint8Array(missing)};
};

/** What is wrong with the OPT of a query, as the response to it. */
export function requestFault(request: Message, asker: Asker, extras: Extras): Response | undefined {
  const {edns} = request;
  const wanting = extras.strict === true && asker.transport === 'udp';
  // RFC 7873 §5.2.3: who knows nothing of cookies is sent to TCP, where nobody can pretend to be somebody else.
  if (wanting && optionOf(request, options.COOKIE) === undefined) return {rcode: codes.NOERROR, tc: true};
  if (edns === undefined) return undefined;
  if (edns.version !== 0) return {rcode: codes.BADVERS};
  const cookie = optionOf(request, options.COOKIE);
  if (cookie !== undefined && extras.cookies.check(cookie.data, asker.address) === 'malformed')
    return {rcode: codes.FORMERR};
  if (wanting && extras.cookies.check(cookie!.data, asker.address) !== 'good') return {rcode: codes.BADCOOKIE};
  const subnet = optionOf(request, options.SUBNET);
  if (subnet !== undefined && !isSubnet(subnet.data)) return {rcode: codes.FORMERR};
  return undefined;
}

/** The options of the response: only what was asked for (RFC 6891 §6.1.1), and errors, which nobody has to ask for. */
export function replyOptions(
  request: Message,
  asker: Asker,
  extras: Extras,
  errors: readonly ExtendedError[],
): readonly EdnsOption[] {
  const reply: EdnsOption[] = [];
  for (const {code, data} of request.edns?.options ?? []) {
    if (code === options.NSID) reply.push({code, data: new TextEncoder().encode(extras.nsid)});
    // RFC 7871 §7.2.1: the answer is the same for every network, which scope 0 says.
    if (code === options.SUBNET && isSubnet(data)) reply.push({code, data: data.with(3, 0)});
    if (code === options.COOKIE && extras.cookies.check(data, asker.address) !== 'malformed')
      reply.push({code, data: extras.cookies.make(data, asker.address)});
    if (code === options.KEEPALIVE && asker.transport !== 'udp' && asker.transport !== 'https')
      reply.push({code, data: Uint8Array.of(keepaliveTenths >> 8, keepaliveTenths & 0xff)});
  }
  for (const {code, says} of errors)
    reply.push({code: options.EDE, data: Uint8Array.from([code >> 8, code & 0xff, ...new TextEncoder().encode(says)])});
  return reply;
}

export function optionOf(request: Message, code: number): EdnsOption | undefined {
  return request.edns?.options.find(option => option.code === code);
}

/** RFC 7871 §6: family, two prefix lengths, and no more address than the first of them needs; its scope is 0 in a query. */
function isSubnet(data: Uint8Array): boolean {
  if (data.length < 4) return false;
  const [high, low, prefix, scope] = data as unknown as readonly [number, number, number, number];
  const most = {1: 32, 2: 128}[(high << 8) | low] ?? (prefix === 0 ? 0 : -1);
  return prefix <= most && scope === 0 && data.length === 4 + Math.ceil(prefix / 8);
}
