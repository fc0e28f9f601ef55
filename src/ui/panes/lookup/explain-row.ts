import type {RowFields} from '../../../chapters/names/lookup-events.ts';
import type {LookupState} from '../../../chapters/names/lookup-state.ts';
import type {Explanation, Line} from '../../view.ts';

const types: Readonly<Record<string, string>> = {
  SOCK_STREAM: 'a stream of bytes, in order and without gaps',
  SOCK_DGRAM: 'datagrams, each on its own, that may get lost',
  SOCK_RAW: 'packets as they are on the wire; takes CAP_NET_RAW',
  SOCK_SEQPACKET: 'records, in order and whole (SCTP)',
  SOCK_DCCP: 'datagrams with congestion control',
};

const families: Readonly<Record<string, string>> = {
  AF_INET: 'IPv4: struct sockaddr_in has 16 bytes',
  AF_INET6: 'IPv6: struct sockaddr_in6 has 28 bytes, with flow label and scope',
};

/** The row in full: each value as a number and by its name, and the bytes that connect() is given. */
export function rowLines(row: RowFields, {attempts, open}: LookupState): readonly Line[] {
  const attempt = attempts[row.number];
  const value = (label: string, number: number | string, name: string, says: string): Line => [
    [label.padEnd(10), 'dim'],
    [`${number}`.padStart(4), 'accent'],
    `  ${name}`,
    [`  ${says}`, 'dim'],
  ];
  return [
    value('family', row.familyNumber, row.family, families[row.family] ?? ''),
    value('type', row.typeNumber, row.type, types[row.type] ?? ''),
    value('proto', row.protoNumber, row.proto, row.protoNumber === 0 ? 'the kernel’s choice' : ''),
    [
      ['canonname', 'dim'],
      row.canonname === '' ? [' none: AI_CANONNAME fills it, in the first row', 'dim'] : ` ${row.canonname}`,
    ],
    ...(row.raw === undefined || row.raw === ''
      ? []
      : ([[['sockaddr  ', 'dim'], ...sockaddrSpans(row.raw), [`  ${row.length} bytes`, 'dim']]] satisfies Line[])),
    ...(attempt === undefined
      ? []
      : ([
          [
            ['connect   ', 'dim'],
            attempt.connected
              ? [
                  `connected${attempt.local === undefined ? '' : ` from ${attempt.local}`}${open === row.number ? '' : ', closed'}`,
                  'good',
                ]
              : [attempt.errno ?? 'failed', 'bad'],
            ` ${attempt.means ?? ''}`,
          ],
        ] satisfies Line[])),
  ];
}

/** Family, port and address in colours of their own; what is zero by rule is dim. */
function sockaddrSpans(raw: string): Line {
  const cut = (from: number, to: number) => raw.slice(from * 2, to * 2);
  if (raw.length === 32)
    return [[cut(0, 2), 'field0'], ' ', [cut(2, 4), 'field1'], ' ', [cut(4, 8), 'field2'], ' ', [cut(8, 16), 'dim']];
  return [
    [cut(0, 2), 'field0'],
    ' ',
    [cut(2, 4), 'field1'],
    ' ',
    [cut(4, 8), 'field3'],
    ' ',
    [cut(8, 24), 'field2'],
    ' ',
    [cut(24, 28), 'field4'],
  ];
}

export function explainRow(row: RowFields): Explanation {
  const {family, type, proto, sockaddr} = row;
  const address = Array.isArray(sockaddr) ? sockaddr.join(', ') : '';
  return {
    title: `Row ${row.number}: ${family}, ${type}, ${proto}`,
    says: `What socket() and connect() need, ready to be handed on: socket(${row.familyNumber}, ${row.typeNumber}, ${row.protoNumber}), then connect() to (${address}). ${Object.hasOwn(types, type) ? `${type}: ${types[type]}. ` : ''}Rows stand in the order in which they should be tried: reachable and of the same scope first (RFC 6724 §6).`,
    equivalents: [
      {
        language: 'Python',
        code: `row = infolist[${row.number - 1}]\ns = socket.socket(*row[0:3])\ns.connect(row[4])\n`,
      },
      {
        language: 'C',
        code: 'int fd = socket(row->ai_family, row->ai_socktype, row->ai_protocol);\nconnect(fd, row->ai_addr, row->ai_addrlen);\n',
      },
    ],
    source: 'RFC 3493 §6.1; RFC 6724 §6',
  };
}
