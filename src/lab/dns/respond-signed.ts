import {codes} from '../../wire/dns/numbers.ts';
import {parseTsigKey, type Tsig, type TsigKey, withoutTsig, withTsig} from '../../wire/dns/tsig.ts';
import {timeNow, tsigSigner, verifyTsig} from '../../world/dns/tsig.ts';
import type {Extras} from './edns.ts';
import {type Answerer, type Asker, type Responded, respond} from './respond.ts';
import {keyOf} from './zone.ts';

/** A key that every server of the lab knows, as dig takes it with `-y`. It protects nothing: it is here to be tried. */
export const labTsigKey = 'hmac-sha256:lab.example.test:bGFiIGtleTogaXQgcHJvdGVjdHMgbm90aGluZyBoZXJl';

const known: readonly TsigKey[] = [labTsigKey, labTsigKey.replace('256', '512')].flatMap(text => {
  const read = parseTsigKey(text);
  return read.ok ? [read.key] : [];
});

const badKey = 17;
const badTime = 18;

/** A TSIG with the names in it takes this much of a datagram, at most. */
const tsigBytes = 160;

/** As {@link respond}, for a query that may be signed (RFC 8945 §5.2); then the answer is signed with the same key. */
export async function respondSigned(
  query: Uint8Array,
  asker: Asker,
  answerer: Answerer,
  extras: Extras,
): Promise<Responded> {
  const {tsig} = withoutTsig(query);
  if (tsig === undefined) return respond(query, asker, answerer, extras);
  const key = known.find(one => keyOf(one.name) === keyOf(tsig.key) && one.algorithm.wire === keyOf(tsig.algorithm));
  if (key === undefined) return refuse(query, tsig, badKey);
  const verdict = verifyTsig(query, key);
  if (!verdict.ok) return refuse(query, tsig, verdict.error);
  const {messages, told} = await respond(verdict.message, {...asker, reserved: tsigBytes}, answerer, extras);
  return {messages: signedWith(messages, key, tsig.mac), ...(told !== undefined && {told})};
}

function* signedWith(messages: Iterable<Uint8Array>, key: TsigKey, mac: Uint8Array): Generator<Uint8Array> {
  const signer = tsigSigner(key, mac);
  for (const message of messages) yield signer.sign(message);
}

/** RFC 8945 §5.2: NOTAUTH and the reason, which is not signed, since nobody knows with what; the question is left out. */
function refuse(query: Uint8Array, tsig: Tsig, error: number): Responded {
  const answer = new Uint8Array(12);
  answer.set(query.subarray(0, 4));
  answer[2]! |= 0x80;
  answer[3] = codes.NOTAUTH;
  const other = error === badTime ? seconds48(timeNow()) : new Uint8Array(0);
  const bytes = withTsig(answer, {...tsig, mac: new Uint8Array(0), error, other});
  return {messages: [bytes], told: {rcode: codes.NOTAUTH, bytes: bytes.length}};
}

function seconds48(time: number): Uint8Array {
  const bytes = new Uint8Array(6);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(time / 2 ** 32));
  view.setUint32(2, time >>> 0);
  return bytes;
}
