import {describe, expect, test} from 'vitest';
import {startLab} from '../../src/lab/lab.ts';
import type {Lab} from '../../src/lab/types.ts';
import {decodeMessage} from '../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../src/wire/dns/encode.ts';
import type {Message} from '../../src/wire/dns/types.ts';
import {createDns} from '../../src/world/dns/exchange.ts';
import type {DnsServer} from '../../src/world/dns/types.ts';
import {createWorld} from '../../src/world/world.ts';
import {openedLab} from './dns/opened.ts';

const world = createWorld();
const dns = createDns(world.clock);

async function ask(server: DnsServer, name: string, type: number): Promise<Message> {
  const flags = {aa: false, tc: false, rd: true, ra: false, z: false, ad: true, cd: false};
  const sections = {answers: [], authorities: [], additionals: []};
  const questions = [{name, type, class: 1}];
  const query = encodeMessage({id: 7, response: false, opcode: 0, flags, rcode: 0, questions, ...sections});
  const said = await dns.exchange(query, server, {timeout: 5, retries: 1});
  if (!said.ok) throw new Error(said.problem.says);
  return decodeMessage(said.value.bytes).message;
}

const udp = (lab: Lab, address: string): DnsServer => ({...lab.reach(address, 53), transport: 'udp'});

describe('the lab', () => {
  const lab = openedLab();

  test('answers for its names over every transport, and says that they are secure', async () => {
    const {resolver, resolverTls, resolverHttps} = lab().dns;
    for (const server of [resolver, {...resolver, transport: 'tcp'} as const, resolverTls, resolverHttps]) {
      const {answers, flags, rcode} = await ask(server, 'www.example.test.', 1);
      expect([answers[0]!.data.join('.'), flags.ad, flags.ra, rcode]).toEqual(['127.4.3.80', true, true, 0]);
    }
  });

  test('every host has the address that its name leads to', async () => {
    for (const {name, addresses} of lab().hosts) {
      const {answers} = await ask(lab().dns.resolver, name, 1);
      expect([name, answers.map(({data}) => data.join('.'))]).toEqual([name, addresses]);
    }
    expect(lab().hosts.length).toBeGreaterThan(20);
  });

  test('says where the services of its hosts really listen, and leaves every other place as it is', () => {
    for (const {addresses, services} of lab().hosts)
      for (const {port, at} of services) expect(lab().reach(addresses[0]!, port)).toEqual(at);
    expect(lab().reach('192.0.2.1', 53)).toEqual({address: '192.0.2.1', port: 53});
    expect(lab().reach('127.4.3.25', 110)).toEqual({address: '127.4.3.25', port: 110});
  });

  test('counts what it answered', async () => {
    const before = lab().counts()['dns queries']!;
    await ask(lab().dns.resolver, 'example.test.', 15);
    expect(lab().counts()['dns queries']).toBe(before + 1);
  });

  test('a second one is up beside it on other ports', async () => {
    const second = await startLab(world);
    try {
      expect(second.dns.port).not.toBe(lab().dns.port);
      expect(second.dns.anchors).not.toEqual(lab().dns.anchors);
      const {answers} = await ask(second.dns.resolver, 'www.example.test.', 1);
      expect(answers).toHaveLength(1);
    } finally {
      await second.close();
    }
  });

  test('a port that is taken is a problem with a next step', async () => {
    await expect(startLab(world, {port: lab().dns.port})).rejects.toMatchObject({
      problem: {code: 'lab.listen', says: `Somebody listens on port ${lab().dns.port} already`, errno: 'EADDRINUSE'},
    });
  });
});

test('where there is only 127.0.0.1, each host has ports of its own', async () => {
  const lab = await startLab(world, {places: 'ports'});
  try {
    const ends = lab.hosts.flatMap(({services}) => services.map(({at}) => at));
    expect(new Set(ends.map(({address}) => address))).toEqual(new Set(['127.0.0.1']));
    const root = await ask(udp(lab, '127.4.0.1'), 'example.test.', 1);
    expect(root.authorities[0]!.name).toBe('test.');
    const own = await ask(udp(lab, '127.4.3.1'), 'www.example.test.', 1);
    expect(own.answers[0]!.data.join('.')).toBe('127.4.3.80');
    for (const server of [lab.dns.resolver, lab.dns.resolverTls, lab.dns.resolverHttps])
      expect((await ask(server, 'www.example.test.', 1)).flags.ad).toBe(true);
  } finally {
    await lab.close();
  }
});

test('what it opened is closed with it, and nothing of it keeps the process alive', async () => {
  const open = () => process.getActiveResourcesInfo().filter(kind => /TCP|UDP|TLS|FSEvent/.test(kind)).length;
  const before = open();
  const lab = await startLab(world);
  await ask(lab.dns.resolverTls, 'example.test.', 1);
  await lab.close();
  expect(open()).toBeLessThanOrEqual(before);
});
