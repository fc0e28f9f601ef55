import type {Scene} from '../picture/scene.ts';

const wide = {columns: 120, rows: 36} as const;

/** Keys and signatures are made anew for each run, and so is the hexadecimal of them: only the shape of a byte row is compared. */
const signature = /RRSIG .*|DS +\d+ .*/;
const byteRow = /[0-9a-f]{4} {2}([0-9a-f]{2} +)+.*/;
/** What stands under the cursor, in a message with an id of its own. */
const underCursor = /@\d+ .*/;

/** Bars, curves and what stands beside them. */
const bars = /[█▉▊▋▌▍▎▏▁▂▃▄▅▆▇░▕ ]*[█░▁▂▃▄▅▆▇][█▉▊▋▌▍▎▏▁▂▃▄▅▆▇░▕ ]*/;
const curve = /[\u2800-\u28ff][\u2800-\u28ff ]*/;

/** Chapter 4. */
export const namesScenes: readonly Scene[] = [
  {
    ...wide,
    name: 'lookup',
    title: 'Look-up: what getaddrinfo() gives for a name and a service, and where it comes from',
    args: ['names', 'lookup', 'localhost', '80'],
    steps: [{wait: 'from files'}, {settle: 500}],
    // The machine's own name servers, and how many rows of calls there is room for.
    volatile: [/servers +\S+.*/, /[▸ ] +\d+\.\d{3} .*/],
  },
  {
    ...wide,
    name: 'services',
    title: 'Services: what a name for a port is, in both of the files that libc reads',
    args: ['names', 'services', 'www'],
    steps: [{wait: 'getservbyname'}, {settle: 500}],
  },
  {
    ...wide,
    name: 'query',
    title: 'Query: an answer of the lab as text, as fields and as bytes',
    args: ['names', 'query', 'example.test', 'MX', '--dnssec'],
    steps: [{wait: '3 answers'}, {settle: 700}],
    volatile: [signature, byteRow, underCursor],
  },
  {
    ...wide,
    name: 'trace',
    title: 'Trace: a zone with a server that is lame and one that is gone, and its chain of trust',
    args: ['names', 'trace', 'lame.test'],
    steps: [{wait: 'lame.test. A is signed'}, {settle: 700}],
    // The servers of a zone are asked at the same time, and listed as they answer.
    volatile: [
      signature,
      byteRow,
      underCursor,
      /(dead|lame|ns1)\.hoster.*/,
      /[ab]\.(root-servers|nic)\.test.*/,
      // How much of a row there is room for depends on how long the number of its key is.
      /ECDSA.*/,
      /until .*/,
    ],
  },
  {
    ...wide,
    name: 'bulk',
    title: 'Bulk: ten thousand names asked for, and how long each answer took',
    args: ['names', 'bulk'],
    steps: [{wait: / a second in /, ms: 60_000}, {settle: 500}],
    volatile: [bars, curve, /.* (udp|tcp) .*/, / *(p50|p99|mean)( +(p50|p99|mean))*/, /.* within .*/, /auto/],
  },
  {
    ...wide,
    name: 'mail',
    title: 'Mail: who takes the mail of a domain, and what would be said to them',
    args: ['names', 'mail', 'postmaster@example.test'],
    steps: [{wait: 'planned'}, {settle: 700}],
    volatile: [byteRow, underCursor],
  },
  {
    ...wide,
    name: 'whois',
    title: 'Whois: an answer, and the servers that led to it',
    args: ['names', 'whois', 'example.test'],
    steps: [{wait: 'refers to nobody else'}, {settle: 700}],
  },
];
