import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {QueryAsk} from './query-fields.ts';
import type {Target} from './query-target.ts';

/** dig has words for nearly every field. */
export function queryShell(ask: QueryAsk, {name, type, asked, address, port, transport, path}: Target): string {
  const at = address === undefined ? [] : [`@${address}`, ...(port === 53 ? [] : ['-p', String(port)])];
  const what = asked.serial === undefined ? type : `IXFR=${asked.serial}`;
  const ways = {
    udp: [],
    tcp: ['+tcp'],
    tls: ['+tls'],
    https: [`${ask.method === 'GET' ? '+https-get' : '+https'}=${path}`],
  };
  const words = [
    ...at,
    name,
    what,
    ...(ask.class.toUpperCase() === 'IN' ? [] : ['-c', ask.class]),
    ...ways[transport],
    ...plus(ask),
  ];
  const dig = ['dig', ...words.map(quoteShell)].join(' ');
  const kdig = [
    'kdig',
    ...[
      ...at,
      name,
      type,
      ...(transport === 'https' ? [`+https=${path}`] : ways[transport]),
      ...(ask.dnssec ? ['+dnssec'] : []),
    ].map(quoteShell),
  ].join(' ');
  return `${dig}\n\n# and as kdig has it, of Knot DNS:\n${kdig}\n`;
}

/** The words that differ from what dig does by itself. */
function plus(ask: QueryAsk): readonly string[] {
  const when = (is: boolean, ...words: readonly string[]) => (is ? words : []);
  return [
    ...when(!ask.rd, '+norecurse'),
    ...when(!ask.ad, '+noadflag'),
    ...when(ask.cd, '+cdflag'),
    ...when(ask.aa, '+aaflag'),
    ...when(ask.z, '+zflag'),
    ...when(ask.dnssec, '+dnssec'),
    ...when(!ask.edns, '+noedns'),
    ...when(ask.ednsVersion !== 0, `+edns=${ask.ednsVersion}`, '+noednsnegotiation'),
    ...when(ask.udpSize !== 1232, `+bufsize=${ask.udpSize}`),
    ...when(ask.nsid, '+nsid'),
    ...when(ask.subnet.trim() !== '', `+subnet=${ask.subnet.trim()}`),
    ...when(ask.cookie === 'no', '+nocookie'),
    ...when(!['no', 'yes'].includes(ask.cookie), `+cookie=${ask.cookie}`),
    ...when(ask.padding > 0, `+padding=${ask.padding}`),
    ...when(ask.keepalive, '+keepalive'),
    ...when(ask.expire, '+expire'),
    ...when(ask.id >= 0, `+qid=${ask.id}`),
    ...when(ask.opcode.toUpperCase() !== 'QUERY', `+opcode=${ask.opcode}`),
    ...when(ask.ignoreTruncation, '+ignore'),
    ...when(ask.wait !== 5, `+time=${Math.max(1, Math.round(ask.wait))}`),
    ...when(ask.retries !== 2, `+retry=${ask.retries}`),
    ...when(ask.short, '+short'),
  ];
}
