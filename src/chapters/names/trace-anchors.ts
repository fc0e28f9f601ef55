import {readFile} from 'node:fs/promises';
import {ProblemError} from '../../journal/problem.ts';
import {digestInput, readKey} from '../../wire/dns/dnssec/key.ts';
import {types} from '../../wire/dns/numbers.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import {parseZone} from '../../wire/dns/zone-file.ts';
import {digest} from '../../world/dns/crypto.ts';

/** Trust anchors as DS records, from DS and DNSKEY records in presentation form or from BIND's `trust-anchors { … };`. */
export function readAnchors(text: string): readonly ResourceRecord[] {
  const {records} = parseZone(text.includes('{') ? fromBind(text) : text, {ttl: 0});
  return records.flatMap(record => {
    if (record.type === types.DS) return [record];
    const key = record.type === types.DNSKEY ? readKey(record.data) : undefined;
    if (key === undefined) return [];
    const hash = digest(2, digestInput(record.name, record.data))!;
    const data = Uint8Array.from([key.tag >> 8, key.tag & 0xff, key.algorithm, 2, ...hash]);
    return [{...record, type: types.DS, data}];
  });
}

export async function anchorsFrom(path: string): Promise<readonly ResourceRecord[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const {code = 'EIO'} = cause as NodeJS.ErrnoException;
    const next = 'Name a file with DS or DNSKEY records, or lab, iana, none.';
    throw new ProblemError({code: 'dns.anchor', says: `${path} cannot be read`, errno: code, next}, {cause});
  }
  const anchors = readAnchors(text);
  if (anchors.length > 0) return anchors;
  throw new ProblemError({
    code: 'dns.anchor',
    says: `There is no trust anchor in ${path}`,
    next: 'It needs a line such as “. IN DS 20326 8 2 E06D…”, or a DNSKEY.',
  });
}

/** `"." static-ds 20326 8 2 "E06D…";` and `"." initial-key 257 3 8 "AwEA…";` as records. */
function fromBind(text: string): string {
  const entry = /"?([^\s"{};]+)"?\s+(?:static|initial)-(ds|key)\s+(\d+)\s+(\d+)\s+(\d+)\s+"([^"]+)"\s*;/g;
  return [...text.matchAll(entry)]
    .map(([, name, kind, one, two, three, data]) => {
      const owner = name!.endsWith('.') ? name : `${name}.`;
      return `${owner} IN ${kind === 'ds' ? 'DS' : 'DNSKEY'} ${one} ${two} ${three} ${data!.replace(/\s+/g, '')}`;
    })
    .join('\n');
}
