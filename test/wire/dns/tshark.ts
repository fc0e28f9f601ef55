import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A field of Wireshark's that has no fields in it: its name, its offset in the DNS message, its length in bytes. */
export type Leaf = readonly [name: string, offset: number, length: number];

/** What Wireshark makes of each message, were it the payload of a UDP datagram from port 53. */
export function tsharkLeaves(messages: readonly Uint8Array[]): readonly (readonly Leaf[])[] {
  const directory = mkdtempSync(join(tmpdir(), 'wirebook-tshark-'));
  try {
    const [dump, capture] = [join(directory, 'messages.txt'), join(directory, 'messages.pcap')];
    writeFileSync(dump, messages.map(hexDump).join('\n'));
    run('text2pcap', ['-q', '-u', '53,40000', dump, capture]);
    const pdml = join(directory, 'messages.pdml');
    writeFileSync(pdml, run('tshark', ['-r', capture, '-T', 'pdml', '-J', 'dns']));
    return readFileSync(pdml, 'utf8').split('<packet>').slice(1).map(leavesOf);
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

/** Ethernet, IPv4 and UDP, as text2pcap makes them. */
const headers = 14 + 20 + 8;

function leavesOf(packet: string): readonly Leaf[] {
  const from = packet.indexOf('<proto name="dns"');
  if (from < 0) return [];
  const dns = packet.slice(from, packet.indexOf('</proto>', from));
  return Array.from(dns.matchAll(/<field name="([^"]*)"([^>]*)\/>/g), ([, name, rest]): Leaf => {
    const number = (attribute: string) => Number(new RegExp(` ${attribute}="(\\d+)"`).exec(rest!)?.[1] ?? 0);
    return [name!, number('pos') - headers, number('size')];
  }).filter(([, offset, length]) => length > 0 && offset >= 0);
}

function hexDump(message: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < message.length; at += 16) {
    const bytes = Array.from(message.subarray(at, at + 16), byte => byte.toString(16).padStart(2, '0'));
    lines.push(`${at.toString(16).padStart(6, '0')} ${bytes.join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function run(tool: string, args: readonly string[]): string {
  const done = spawnSync(tool, args, {encoding: 'utf8', maxBuffer: 1 << 28});
  if (done.status !== 0) throw new Error(`${tool}: ${done.error?.message ?? done.stderr}`);
  return done.stdout;
}
