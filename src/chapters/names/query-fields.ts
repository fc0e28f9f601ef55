import {type AskOf, choiceField, flagField, integerField, type Read, secondsField, textField} from '../fields.ts';
import {
  readClass,
  readCookie,
  readKey,
  readName,
  readOpcode,
  readOptions,
  readPin,
  readSubnet,
  readTypes,
} from './query-read.ts';
import {serverField} from './server-text.ts';

type Reader = (typed: string) => Read<unknown>;

/** A text field whose text is kept as typed once its reader understands it. */
function checked(words: {label: string; default: string; hint: string; repeated?: string}, reader: Reader) {
  return {
    ...textField(words),
    read(typed: string): Read<string> {
      const read = reader(typed);
      return read.ok ? {ok: true, value: typed} : read;
    },
  };
}

/** An empty text is left to what it stands for. */
const unlessEmpty =
  (reader: Reader): Reader =>
  typed =>
    typed.trim() === '' ? {ok: true, value: ''} : reader(typed);

const what = {
  name: checked(
    {label: 'Name', default: 'www.example.test', hint: 'a name, or an address: then its PTR; . is the root'},
    readName,
  ),
  type: checked(
    {
      label: 'Type',
      default: 'A',
      hint: 'A, AAAA, MX, TXT, TYPE65280, AXFR, IXFR=serial; several with commas',
      repeated: ',',
    },
    readTypes,
  ),
  server: serverField({several: true}),
  transport: choiceField({
    label: 'Transport',
    options: ['udp', 'tcp', 'tls', 'https'],
    default: 'udp',
    hint: 'for servers that name none themselves; udp goes on over tcp when the answer is cut',
  }),
  class: checked({label: 'Class', default: 'IN', hint: 'IN, CH, HS, NONE, ANY or CLASS4096'}, readClass),
  reverse: choiceField({
    label: 'Reverse',
    options: ['auto', 'yes', 'no'],
    default: 'auto',
    hint: 'auto: an address becomes its name under in-addr.arpa or ip6.arpa, and the type PTR',
  }),
} as const;

const flags = {
  rd: flagField({label: 'RD', default: true, hint: 'recursion desired: find the answer for me'}),
  ad: flagField({label: 'AD', default: true, hint: 'tell me whether you have verified it (RFC 6840 5.7)'}),
  cd: flagField({label: 'CD', default: false, hint: 'checking disabled: answer even what is bogus'}),
  aa: flagField({label: 'AA', default: false, hint: 'means nothing in a query'}),
  z: flagField({label: 'Z', default: false, hint: 'the bit that is still reserved'}),
  dnssec: flagField({label: 'DNSSEC', default: false, hint: 'DO: send signatures along (RFC 3225)'}),
  opcode: checked({label: 'Opcode', default: 'QUERY', hint: 'QUERY, STATUS, NOTIFY, UPDATE or a number'}, readOpcode),
  id: integerField({
    label: 'Id',
    default: -1,
    from: -1,
    to: 65_535,
    hint: '-1: a random one; over HTTPS then 0 (RFC 8484 4.1)',
  }),
  mixCase: flagField({
    label: 'Mixed case',
    default: false,
    hint: '0x20: the answer must repeat the same random letter case',
  }),
} as const;

const edns = {
  edns: flagField({label: 'EDNS', default: true, hint: 'no: a message as before 1999, and no option below'}),
  ednsVersion: integerField({label: 'EDNS version', default: 0, from: 0, to: 255, hint: 'anything but 0 is BADVERS'}),
  udpSize: integerField({
    label: 'UDP size',
    default: 1232,
    from: 0,
    to: 65_535,
    hint: 'the largest answer to take over UDP, bytes',
  }),
  nsid: flagField({label: 'NSID', default: false, hint: 'which machine are you? (RFC 5001)'}),
  subnet: checked(
    {label: 'Client subnet', default: '', hint: '192.0.2.0/24: answer as if I were there (RFC 7871); empty: none'},
    unlessEmpty(readSubnet),
  ),
  cookie: checked(
    {label: 'Cookie', default: 'no', hint: 'yes, no, or 16 hex digits and the server’s behind them (RFC 7873)'},
    readCookie,
  ),
  padding: integerField({
    label: 'Padding',
    default: 0,
    from: 0,
    to: 4096,
    hint: 'fill up to a multiple of so many bytes; 0: none (RFC 7830)',
  }),
  keepalive: flagField({label: 'Keepalive', default: false, hint: 'how long may the connection stay open? (RFC 7828)'}),
  expire: flagField({label: 'Expire', default: false, hint: 'how long is a secondary’s zone good? (RFC 7314)'}),
  option: checked(
    {label: 'Option', default: '', hint: 'any other EDNS option: its number or name, then :HEX', repeated: ', '},
    unlessEmpty(readOptions),
  ),
} as const;

const way = {
  wait: secondsField({label: 'Wait', default: 5, from: 0.05, to: 300, hint: 'seconds for each try'}),
  retries: integerField({label: 'Retries', default: 2, from: 0, to: 20, hint: 'tries after the first, over UDP'}),
  keepOpen: flagField({
    label: 'Keep open',
    default: true,
    hint: 'over TCP, TLS and HTTPS: the next question uses the same connection',
  }),
  ignoreTruncation: flagField({label: 'Keep cut answers', default: false, hint: 'do not ask again over TCP'}),
  local: textField({label: 'From', default: '', hint: 'the address to send from; empty: the kernel chooses'}),
  search: flagField({
    label: 'Search list',
    default: false,
    hint: 'try the domains of resolv.conf behind the name, as libc does',
  }),
  searchList: textField({
    label: 'Domains',
    default: '',
    hint: 'a search list of your own; empty: that of resolv.conf',
    repeated: ' ',
  }),
  ndots: integerField({
    label: 'ndots',
    default: -1,
    from: -1,
    to: 15,
    hint: 'dots that make a name whole; -1: as resolv.conf says',
  }),
  tlsName: textField({
    label: 'TLS name',
    default: '',
    hint: 'the certificate must be for it; empty: the server as typed',
  }),
  ca: textField({
    label: 'CA',
    default: '',
    hint: 'a PEM file of the authority to trust; empty: the usual ones',
  }),
  pin: checked(
    {label: 'Key pin', default: '', hint: 'SHA-256 of the server’s key, base64, in place of an authority'},
    unlessEmpty(readPin),
  ),
  insecure: flagField({label: 'Any certificate', default: false, hint: 'take whatever the server shows'}),
  path: textField({label: 'Path', default: '/dns-query', hint: 'of the URI, over HTTPS'}),
  method: choiceField({
    label: 'Method',
    options: ['POST', 'GET'],
    default: 'POST',
    hint: 'over HTTPS; GET can be cached',
  }),
  tsig: checked(
    {label: 'TSIG key', default: '', hint: 'hmac-sha256:name:base64, as dig -y takes it: signs the query (RFC 8945)'},
    unlessEmpty(readKey),
  ),
  short: flagField({label: 'Short', default: false, hint: 'as text: only the data of the answers, as dig +short'}),
} as const;

export const queryFields = {...what, ...flags, ...edns, ...way} as const;

export type QueryAsk = AskOf<typeof queryFields>;
