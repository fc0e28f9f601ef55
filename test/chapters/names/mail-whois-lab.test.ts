import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {firstPorts, serviceHosts, usualPlace} from '../../../src/lab/known.ts';
import {Running} from '../tcp/running.ts';
import {asked, mailed, verbs} from './mailing.ts';

/** Both experiments as they come, on the lab. */

let running: Running;
beforeAll(() => {
  running = new Running();
});
afterAll(() => running.close());

describe('mail', () => {
  test('the first exchanger puts everybody off, the second takes the message, over TLS that is verified', async () => {
    const {state, events, run} = await mailed(running, {send: true, starttls: 'verify'});
    expect(run.problem).toBeUndefined();
    expect(state.exchangers.map(({name, preference, outcome}) => [name, preference, outcome])).toEqual([
      ['busy.example.test.', 10, 'deferred'],
      ['mail.example.test.', 20, 'sent'],
    ]);
    expect(events.filter(({kind}) => kind === 'secured')).toMatchObject([{trusted: true}, {trusted: true}]);
    expect(events.find(({kind}) => kind === 'kept')).toMatchObject({identical: true});
  });

  test.each([
    ['nullmx.example.test', 'nowhere', 'null MX'],
    ['nothing.example.test', 'nowhere', 'does not exist'],
    ['lostmx.example.test', 'unreachable', 'It has no address'],
    ['www.lame.test.example', 'nowhere', 'does not exist'],
    ['a@refusing.example.test', 'refused', '550 5.7.1'],
    ['loop.example.test', 'deferred', 'SERVFAIL'],
  ])('%s: %s', async (to, kind, says) => {
    const {run, state} = await mailed(running, {to, probe: true});
    expect(run.problem?.code).toBe(`mail.${kind}`);
    expect(run.problem?.says).toContain(says);
    expect(state.verdict?.kind).toBe(kind);
  });

  test.each([
    ['nomx.example.test', 'implicit', 1],
    ['aliasmx.example.test', 'MX', 1],
    ['deadmx.example.test', 'MX', 2],
    ['a@unsigned.test', 'MX', 1],
    ['a@[127.4.3.25]', 'literal', 1],
    ['a@sub.b.wild.example.test', 'MX', 1],
  ])('%s is found by %s', async (to, source, count) => {
    const {state} = await mailed(running, {to, probe: true});
    expect(state.exchangers.map(one => one.source)).toEqual(new Array(count).fill(source));
    expect(state.verdict?.kind).toBe('probed');
  });

  test('an alias that MX names is told, and a host that is gone is passed over', async () => {
    const alias = await mailed(running, {to: 'aliasmx.example.test'});
    expect(alias.state.exchangers[0]).toMatchObject({
      alias: 'mail.example.test.',
      says: 'It is an alias, and MX must not name one',
    });
    const gone = await mailed(running, {to: 'a@deadmx.example.test', send: true});
    expect(gone.state.exchangers.map(({outcome}) => outcome)).toEqual(['unreachable', 'sent']);
  });

  test('with Try all the second is probed too, whatever the first says', async () => {
    const {state, events} = await mailed(running, {to: 'a@equal.example.test', probe: true, tryAll: true});
    expect(state.exchangers.map(({outcome}) => outcome).sort()).toEqual(['accepted', 'deferred']);
    expect(verbs(events).filter(verb => verb === 'RCPT')).toHaveLength(2);
  });
});

describe('whois', () => {
  test('goes from the root to the registry', async () => {
    const {state, text} = await asked(running, {});
    expect(state.hops.map(({server, state}) => [server, state])).toEqual([
      ['whois.iana.test', 'answered'],
      ['127.4.1.43', 'answered'],
    ]);
    expect(text).toContain('Zoë Müller');
  });

  test('a server that does not exist is a problem, and so is one in a referral', async () => {
    const first = await asked(running, {server: 'whois.nothing.example.test'});
    expect(first.run.problem?.says).toBe('whois.nothing.example.test has no address');
    const second = await asked(running, {query: 'dead.test'});
    expect(second.state.hops.map(hop => hop.state)).toEqual(['answered', 'answered', 'failed']);
  });
});

test('the programs know where the lab’s hosts listen', async () => {
  const {hosts} = await running.bench.openLab();
  for (const [name, address] of Object.entries(serviceHosts)) {
    const found = hosts.find(one => one.name === `${name}.`);
    expect(found?.addresses).toEqual([address]);
    for (const {name: service, at} of found?.services ?? []) {
      expect(at.address).toBe(address);
      // Another lab may have the port: then this one has taken a free one.
      expect(at.port === firstPorts[service as keyof typeof firstPorts] || at.port > 1024).toBe(true);
    }
  }
  expect(usualPlace('Mail.example.test.', 'smtp')).toEqual({address: '127.4.3.25', port: 2525});
  expect(usualPlace('mail.example.net', 'smtp')).toBeUndefined();
});
