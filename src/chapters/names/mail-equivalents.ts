import {isLabName, usualPlace} from '../../lab/known.ts';
import {buildMessage} from '../../wire/smtp/message.ts';
import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import {readPlace} from '../../wire/whois/referral.ts';
import type {Equivalent} from '../contract.ts';
import {cProgram} from './mail-c.ts';
import {type MailAsk, readRecipient} from './mail-fields.ts';

export interface MailTerms {
  /** The mail server; empty when DNS is to be asked first. */
  readonly host: string;
  readonly port: number;
  readonly domain: string;
  readonly from: string;
  readonly to: string;
  readonly tls: boolean;
  readonly helo: string;
  /** Header and body, with LF line ends. */
  readonly message: string;
}

/** The same message sent by other programs. What they are given is what is in the form. */
export function mailEquivalents(ask: MailAsk): readonly Equivalent[] {
  const recipient = readRecipient(ask.to);
  if (!recipient.ok) return [];
  const place = ask.exchanger.trim() === '' ? undefined : readPlace(ask.exchanger.trim());
  const isPlaced = /:\d+$/.test(ask.exchanger.trim()) && place !== undefined;
  // Nobody but Wirebook asks the lab’s resolver, so its hosts are given as addresses: the one that takes mail.
  const named =
    place?.host ??
    recipient.value.literal ??
    (isLabName(recipient.value.domain) ? takesMail(recipient.value.domain) : '');
  const meant = isPlaced ? place.port : ask.port;
  const own = meant === 25 ? usualPlace(named, 'smtp') : undefined;
  const terms: MailTerms = {
    host: own?.address ?? named,
    port: own?.port ?? meant,
    domain: recipient.value.domain,
    from: ask.from.trim(),
    to: recipient.value.kind === 'mailbox' ? ask.to.trim() : `postmaster@${recipient.value.domain}`,
    tls: ask.starttls !== 'no',
    helo: ask.helo || 'localhost',
    message: messageText(ask),
  };
  return [
    {language: 'Python', code: python(terms)},
    {language: 'C', code: cProgram(terms)},
    {language: 'Node', code: node(terms)},
    {language: 'shell', code: shell(terms)},
  ];
}

const takesMail = (domain: string) => (domain.startsWith('refusing.') ? 'refusing.example.test' : 'mail.example.test');

/** Without Date and Message-ID, which are of the moment. */
function messageText(ask: MailAsk): string {
  const typed = ask.body.startsWith('@') ? undefined : parseEscapes(ask.body);
  const body = typed?.kind === 'bytes' ? typed.bytes : new TextEncoder().encode(`(the bytes of ${ask.body})\n`);
  const draft = {from: ask.from.trim(), to: ask.to.trim(), subject: ask.subject, body, whole: ask.whole};
  const {bytes} = buildMessage({...draft, date: '', id: '', eightBit: true, utf8: false});
  return new TextDecoder()
    .decode(bytes)
    .replaceAll('\r\n', '\n')
    .replace(/^(?:Date|Message-ID): .*\n/gm, '');
}

const mxPython = (domain: string) => `import dns.resolver  # dnspython

found = sorted(dns.resolver.resolve(${JSON.stringify(domain)}, 'MX'), key=lambda mx: mx.preference)
host = found[0].exchange.to_text()
`;

const python = ({host, port, domain, from, to, tls, helo, message}: MailTerms) => `import smtplib
${tls ? 'import ssl\n' : ''}${host === '' ? mxPython(domain) : `\nhost = ${JSON.stringify(host)}\n`}
message = ${JSON.stringify(message)}
with smtplib.SMTP(host, ${port}, local_hostname=${JSON.stringify(helo)}, timeout=30) as smtp:
    smtp.set_debuglevel(1)  # every line of the conversation
    smtp.ehlo()
${tls ? "    if smtp.has_extn('starttls'):\n        smtp.starttls(context=ssl._create_unverified_context())  # any certificate\n        smtp.ehlo()\n" : ''}    smtp.sendmail(${JSON.stringify(from)}, [${JSON.stringify(to)}], message.replace('\\n', '\\r\\n').encode())
`;

const mxNode = (domain: string) => `import {resolveMx} from 'node:dns/promises';

const found = await resolveMx(${JSON.stringify(domain)});
const host = found.sort((a, b) => a.priority - b.priority)[0].exchange;
`;

const node = ({host, port, domain, from, to, helo, message}: MailTerms) => `import net from 'node:net';
import {createInterface} from 'node:readline';
${host === '' ? mxNode(domain) : `\nconst host = ${JSON.stringify(host)};\n`}
const message = ${JSON.stringify(message)};
const socket = net.connect(${port}, host);
const lines = createInterface({input: socket, crlfDelay: Infinity})[Symbol.asyncIterator]();

async function reply() {
  for (;;) {
    const {value, done} = await lines.next();
    if (done) throw new Error('the server has closed the connection');
    console.log('<', value);
    if (/^[45]/.test(value)) throw new Error(value);
    if (/^\\d{3}(?!-)/.test(value)) return; // a hyphen says that more lines come
  }
}

async function say(line) {
  console.log('>', line);
  socket.write(line + '\\r\\n');
  await reply();
}

await reply();
await say(${JSON.stringify(`EHLO ${helo}`)});
await say(${JSON.stringify(`MAIL FROM:<${from}>`)});
await say(${JSON.stringify(`RCPT TO:<${to}>`)});
await say('DATA');
socket.write(message.replace(/\\n/g, '\\r\\n').replace(/^\\./gm, '..')); // another dot before each dot
await say('.');
await say('QUIT');
socket.end();
`;

function shell({host, port, domain, from, to, tls, helo, message}: MailTerms): string {
  const at = host === '' ? '"$HOST"' : quoteShell(host);
  const [header = '', ...body] = message.split('\n\n');
  const subject = /^Subject: (.*)$/m.exec(header)?.[1] ?? '';
  const find = `# Who takes the mail: the lowest number first.\nHOST=$(dig +short MX ${quoteShell(domain)} | sort -n | head -n 1 | cut -d ' ' -f 2)\n\n`;
  const data = `-h-Subject ${quoteShell(subject)} --body ${quoteShell(body.join('\n\n').replace(/\n$/, ''))}`;
  return `${host === '' ? find : ''}swaks --server ${at} --port ${port} --helo ${quoteShell(helo)} ${tls ? '--tls-optional ' : ''}\\
    --from ${quoteShell(from)} --to ${quoteShell(to)} ${data}

# By hand:
${tls ? `openssl s_client -quiet -crlf -starttls smtp -connect ${host === '' ? '"$HOST"' : host.includes(':') ? `[${host}]` : host}:${port}` : `nc -C ${at} ${port}`}
`;
}
