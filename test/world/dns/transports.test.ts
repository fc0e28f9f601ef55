import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {authority, good, key} from '../../../src/lab/test-certificates.ts';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {rdataText} from '../../../src/wire/dns/rdata/text.ts';
import {createClock} from '../../../src/world/clock.ts';
import {createDns} from '../../../src/world/dns/exchange.ts';
import type {DnsServer, Exchange, TransportName} from '../../../src/world/dns/types.ts';
import {
  missing,
  type NameServer,
  startKnot,
  startNamed,
  startNsd,
  startUnbound,
  type Zone,
} from '../../support/name-servers.ts';
import {queryFor} from './servers.ts';

/** Every transport against the servers that people run. */

const long = Array.from({length: 40}, (_, at) => `big TXT "${String(at).padStart(4, '0').repeat(25)}"`).join('\n');
const zone: Zone = {
  name: 'example.test',
  text: `$TTL 300
@ SOA ns host 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
www A 192.0.2.1
${Array.from({length: 50}, (_, at) => `n${at} A 192.0.2.${at}`).join('\n')}
${long}
`,
};

const tls = {key, certificate: good};
const dns = createDns(createClock());
const options = {timeout: 5, retries: 2};
const trusted = {tlsName: 'localhost', authority} as const;

function textOf(exchange: Exchange): string {
  if (!exchange.ok) throw new Error(exchange.problem.says);
  return decodeMessage(exchange.value.bytes)
    .message.answers.map(({type, data}) => rdataText(type, data))
    .join(' ');
}

const programs = {
  nsd: {start: () => startNsd([zone], {tls}), transports: ['udp', 'tcp', 'tls']},
  named: {start: () => startNamed([zone], {tls}), transports: ['udp', 'tcp', 'tls', 'https']},
  knotd: {start: () => startKnot([zone]), transports: ['udp', 'tcp']},
  unbound: {start: () => startUnbound([zone], {tls}), transports: ['udp', 'tcp', 'tls']},
} as const satisfies Record<string, {start(): Promise<NameServer>; transports: readonly TransportName[]}>;

describe.each(Object.entries(programs))('%s', (program, {start, transports}) => {
  const why = missing(program as keyof typeof programs);
  let running: NameServer | undefined;

  beforeAll(async () => {
    if (why === undefined) running = await start();
  });
  afterAll(() => running?.stop());

  const server = (transport: TransportName): DnsServer => {
    const {port, tlsPort, httpsPort, address} = running!;
    const at = {udp: port, tcp: port, tls: tlsPort, https: httpsPort}[transport];
    return {address, port: at, transport, ...(at === port ? {} : trusted)};
  };

  test.skipIf(why !== undefined).each(transports)('over %s', async transport => {
    expect(textOf(await dns.exchange(queryFor('www.example.test'), server(transport), options))).toBe('192.0.2.1');
  });

  test.skipIf(why !== undefined)('what is too big for UDP comes over TCP', async () => {
    const exchange = await dns.exchange(queryFor('big.example.test', {type: 16}), server('udp'), options);
    expect(exchange).toMatchObject({ok: true, value: {server: {transport: 'tcp'}, tries: 2}});
    expect(textOf(exchange).split(' ')).toHaveLength(40);
  });

  // NSD closes a TLS connection on which questions come faster than it answers.
  const several = transports.filter(transport => transport !== 'udp' && !(program === 'nsd' && transport === 'tls'));
  test.skipIf(why !== undefined).each(several)('fifty questions at once over one %s connection', async transport => {
    const opened = await dns.open(server(transport), options);
    if (!opened.ok) throw new Error(opened.problem.says);
    const numbers = Array.from({length: 50}, (_, at) => at);
    const answers = await Promise.all(
      numbers.map(at => opened.connection.ask(queryFor(`n${at}.example.test`, {id: 700 + at}), options)),
    );
    expect(answers.map(textOf)).toEqual(numbers.map(at => `192.0.2.${at}`));
    opened.connection.close();
  });

  test.skipIf(why !== undefined || !(transports as readonly string[]).includes('tls'))(
    'its certificate is checked',
    async () => {
      const wrong = {...server('tls'), tlsName: 'dns.example.test'};
      const exchange = await dns.exchange(queryFor('www.example.test'), wrong, options);
      expect(exchange).toMatchObject({ok: false, problem: {code: 'dns.tls.name'}});
    },
  );
});
