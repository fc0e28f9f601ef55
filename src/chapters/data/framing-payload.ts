import {stringify} from '../../journal/json.ts';
import {summarise} from '../../wire/dns/summary.ts';
import {decodeAll} from '../../wire/msgpack/msgpack.ts';
import {isFault} from '../../wire/pickle/fault.ts';
import {loads} from '../../wire/pickle/loads.ts';
import {represent} from '../../wire/pickle/represent.ts';
import {toHex} from '../../wire/text/hex.ts';
import {visible} from '../../wire/text/visible.ts';

export const payloadForms = ['text', 'hex', 'json', 'dns', 'msgpack', 'pickle', 'raw'] as const;
export type PayloadForm = (typeof payloadForms)[number];

/**
 * A payload as lines of text that a person reads. What is no such thing says so and where it is wrong; nothing is run.
 * Of text and hex at most `limit` bytes are shown, and the rest is counted.
 */
export function readPayload(form: PayloadForm, bytes: Uint8Array, limit = Number.POSITIVE_INFINITY): readonly string[] {
  const shown = bytes.subarray(0, limit);
  const cut = shown.length < bytes.length ? [`… and ${bytes.length - shown.length} bytes more`] : [];
  switch (form) {
    case 'raw':
    case 'text':
      return [visible(shown), ...cut];
    case 'hex':
      return [toHex(shown, ' '), ...cut];
    case 'json':
      return jsonLines(bytes);
    case 'dns':
      return dnsLines(bytes);
    case 'msgpack':
      return messagePackLines(bytes);
    case 'pickle':
      return pickleLines(bytes);
  }
}

function jsonLines(bytes: Uint8Array): readonly string[] {
  try {
    return [visible(stringify(JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes))))];
  } catch (error) {
    return [`no JSON: ${visible(error instanceof Error ? error.message : String(error))}`];
  }
}

function dnsLines(bytes: Uint8Array): readonly string[] {
  const summary = summarise(bytes);
  const fault = summary.fault === undefined ? [] : [`wrong at ${summary.fault.at}: ${summary.fault.reason}`];
  return [...(summary.kind === 'summary' ? summary.lines.map(line => visible(line)) : []), ...fault];
}

function messagePackLines(bytes: Uint8Array): readonly string[] {
  const {values, rest, at} = decodeAll(bytes);
  const lines = values.slice(0, 100).map(value => visible(stringify(value)));
  if (rest?.kind === 'malformed') return [...lines, `no MessagePack at ${rest.at}: ${rest.reason}`];
  if (rest?.kind === 'need-more') return [...lines, `cut off: the value at ${at} needs ${rest.atLeast} bytes more`];
  return lines;
}

function pickleLines(bytes: Uint8Array): readonly string[] {
  const loaded = loads(bytes);
  if (isFault(loaded)) return [`${loaded.class} at ${loaded.offset}: ${visible(loaded.message)}`];
  const rest = loaded.rest.length === 0 ? [] : [`${loaded.rest.length} bytes after STOP`];
  return [visible(represent(loaded.value, 4096)), ...rest];
}
