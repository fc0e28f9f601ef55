import {afterAll, afterEach, beforeEach, describe, expect, test} from 'vitest';
import {good} from '../../../src/lab/test-certificates.ts';
import {has} from '../../world/support/tools.ts';
import {freePort, Running} from '../tcp/running.ts';
import {Exim} from './exim.ts';
import {mailed, verbs} from './mailing.ts';

const hasExim = has('/usr/sbin/exim4', '-bV');
const exim = hasExim ? await Exim.start(await freePort()) : undefined;
if (hasExim && exim === undefined) console.warn('exim4 does not start here: the checks against it are left out');

let running: Running;
beforeEach(() => {
  running = new Running();
});
afterEach(() => running.close());
afterAll(() => exim?.close());

describe.skipIf(exim === undefined)('exim', () => {
  const to = (user: string) => ({to: `${user}@example.test`, exchanger: `127.0.0.1:${exim!.port}`, send: true});

  test('gets every byte: dots, UTF-8, Latin-1, long lines and no last line end', async () => {
    const body = String.raw`.one\n..two\n.\nZo\xc3\xab, Gr\xfc\xdfe\n${'x'.repeat(998)}\nlast`;
    const {events, bytes, run} = await mailed(running, {...to('alice'), body, subject: 'Grüße'});
    expect(run.problem).toBeUndefined();
    expect(verbs(events)).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'QUIT']);
    const [stored] = await exim!.box(1);
    const sent = bytes('message').toString('latin1').replaceAll('\r\n', '\n');
    const kept = stored!.toString('latin1');
    // Exim puts its trace header above, and changes nothing below.
    expect(kept.endsWith(sent)).toBe(true);
    expect(kept.slice(0, -sent.length)).toMatch(/^Return-path: <bob@example\.test>\nReceived: from .*with esmtps/s);
  });

  test('says 451 and 550, and each is understood', async () => {
    const later = await mailed(running, to('later'));
    expect(later.run.problem?.code).toBe('mail.deferred');
    expect(later.state.exchangers[0]?.outcome).toBe('deferred');
    const never = await mailed(running, to('nobody'));
    expect(never.run.problem?.code).toBe('mail.refused');
    expect(never.run.problem?.says).toContain('550 No such user');
  });

  test('has a certificate that is good for localhost, and not for its address', async () => {
    const bad = await mailed(running, {...to('alice'), starttls: 'verify', probe: true, send: false});
    expect(bad.run.problem?.code).toBe('mail.insecure');
    const {bytes} = bad;
    expect(bytes('secured').toString('base64')).toBe(good.replace(/-----[A-Z ]+-----|\n/g, ''));
  });

  test('is told of a size it does not take, and nothing is sent', async () => {
    const {run, events} = await mailed(running, {...to('alice'), body: 'x'.repeat(990).concat('\\n').repeat(200)});
    expect(run.problem?.says).toContain('RFC 1870');
    expect(verbs(events)).not.toContain('MAIL');
  });
});
