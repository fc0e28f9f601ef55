import {usualResolver} from '../../lab/known.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import {bulkC} from './bulk-c.ts';
import type {BulkAsk} from './bulk-fields.ts';
import {defaultPorts, parseServer} from './server-text.ts';

/** The same elsewhere. Each takes a file with a name on each line; the lab's own server stands for `lab`. */
export function bulkEquivalents(ask: BulkAsk): readonly Equivalent[] {
  const to = target(ask);
  return [
    {language: 'shell', code: shell(ask, to)},
    {language: 'Python', code: python(ask, to)},
    {language: 'C', code: bulkC(ask, to.address, to.port, to.file)},
    {language: 'Node', code: node(ask, to)},
  ];
}

interface Target {
  readonly address: string;
  readonly port: number;
  readonly file: string;
}

function target({server, file}: BulkAsk): Target {
  const read = parseServer(server);
  const names = file === '' || file === '-' ? 'names.txt' : file;
  if (!read.ok || read.value.kind === 'lab')
    return {address: usualResolver.address, port: usualResolver.ports.udp, file: names};
  if (read.value.kind === 'system') return {address: '127.0.0.53', port: 53, file: names};
  const {host, port = defaultPorts[read.value.transport ?? 'udp']} = read.value;
  return {address: host, port, file: names};
}

function shell({type, concurrency, wait, rate, dnssec}: BulkAsk, {address, port, file}: Target): string {
  const queries = `awk '{print $1, $2 ? $2 : "${type}"}' ${quoteShell(file)} > queries.txt`;
  const limits = `-q ${concurrency} -t ${wait}${rate > 0 ? ` -Q ${rate}` : ''}${dnssec ? ' -e -D' : ''}`;
  return `${queries}
dnsperf -s ${address} -p ${port} -d queries.txt -n 1 ${limits}
# one after the other, with the answers:
dig +noall +answer @${address} -p ${port} -f queries.txt
`;
}

function python({type, concurrency, wait, retries, dnssec}: BulkAsk, {address, port, file}: Target): string {
  return `import asyncio, collections, time
import dns.asyncquery, dns.exception, dns.message, dns.rcode

async def ask(name, limit):
    query = dns.message.make_query(name, '${type}', want_dnssec=${dnssec ? 'True' : 'False'})
    async with limit:
        for _ in range(${retries + 1}):
            try:
                answer, _ = await dns.asyncquery.udp_with_fallback(query, '${address}', ${wait}, ${port})
                return dns.rcode.to_text(answer.rcode())
            except dns.exception.Timeout:
                pass
    return 'timeout'

async def main():
    limit = asyncio.Semaphore(${concurrency})
    names = [line.split()[0] for line in open(${pythonText(file)}) if line.strip()]
    start = time.monotonic()
    outcomes = await asyncio.gather(*(ask(name, limit) for name in names))
    seconds = time.monotonic() - start
    print(collections.Counter(outcomes), f'{len(names) / seconds:.0f} a second')

asyncio.run(main())
`;
}

function node({type, concurrency, wait, retries}: BulkAsk, {address, port, file}: Target): string {
  const server = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return `import {Resolver} from 'node:dns/promises';
import {readFileSync} from 'node:fs';

const resolver = new Resolver({timeout: ${Math.round(wait * 1000)}, tries: ${retries + 1}});
resolver.setServers(['${server}']);
const names = readFileSync(${JSON.stringify(file)}, 'utf8').split('\\n').filter(Boolean).values();
const outcomes = {};
const start = performance.now();

// Each of these asks for one name at a time. c-ares keeps no order above some hundreds in flight: look at the outcomes.
await Promise.all(Array.from({length: ${concurrency}}, async () => {
  for (const line of names) {
    const outcome = await resolver.resolve(line.split(/\\s/)[0], '${type}').then(() => 'NOERROR', error => error.code);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
}));
console.log(outcomes, Math.round(performance.now() - start), 'ms');
`;
}

const pythonText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
