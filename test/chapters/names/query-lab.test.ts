import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {queryExperiment} from '../../../src/chapters/names/query.ts';
import {type QueryAsk, queryFields} from '../../../src/chapters/names/query-fields.ts';
import {Running, told} from '../tcp/running.ts';

/** What people see first: the questions of the menu to the lab, over every transport. */

let running: Running;

beforeAll(() => {
  running = new Running();
});
afterAll(() => running.close());

async function ask(change: Partial<QueryAsk>) {
  const started = running.start(queryExperiment, {...defaultsOf(queryFields), ...change});
  await started.run.ended;
  return {...started, response: told(started, 'response')[0]};
}

describe('the lab', () => {
  test.each(['udp', 'tcp', 'tls', 'https'] as const)('answers over %s as it is', async transport => {
    const {response, run} = await ask({transport});
    expect(run.status).toBe('done');
    expect(response).toMatchObject({RCODEname: 'NOERROR', ANCOUNT: 1, RA: 1, label: 'lab', transport});
  });

  test('vouches for what is signed, and says why it does not answer what is forged', async () => {
    expect((await ask({name: 'www.example.test'})).response).toMatchObject({AD: 1});
    expect((await ask({name: 'www.unsigned.test'})).response).toMatchObject({AD: 0, RCODEname: 'NOERROR'});
    const bogus = await ask({name: 'www.bogus.test'});
    expect(bogus.response).toMatchObject({RCODEname: 'SERVFAIL'});
    expect((await ask({name: 'www.bogus.test', cd: true})).response).toMatchObject({RCODEname: 'NOERROR', ANCOUNT: 1});
  });

  test('knows addresses the other way round', async () => {
    const {response} = await ask({name: '127.4.0.53'});
    expect(response).toMatchObject({QTYPEname: 'PTR', ANCOUNT: 1});
  });

  test('has an answer that is too big for UDP', async () => {
    const {response, events} = await ask({name: 'big.example.test', type: 'TXT'});
    expect(response).toMatchObject({transport: 'tcp', tries: 2, TC: 0});
    expect(events.some(({kind}) => kind === 'truncated')).toBe(true);
  });

  test('has servers by name and by address, and hands its zone over', async () => {
    const {response} = await ask({server: 'ns1.example.test', rd: false});
    expect(response).toMatchObject({AA: 1, label: 'ns1.example.test'});
    const zone = await ask({server: 'ns1.example.test', name: 'example.test', type: 'AXFR'});
    expect(told(zone, 'transferred')[0]).toMatchObject({style: 'whole'});
    expect((await ask({server: '127.4.0.1', rd: false})).response).toMatchObject({AA: 0, ANCOUNT: 0});
  });

  test('a server of a name that nobody has is a problem', async () => {
    const {run} = await ask({server: 'nobody.invalid'});
    expect(run).toMatchObject({status: 'failed', problem: {code: 'dns.server'}});
  });
});
