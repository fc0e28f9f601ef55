import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {mailExperiment} from '../../../src/chapters/names/mail.ts';
import {mailEvents} from '../../../src/chapters/names/mail-events.ts';
import {mailFields} from '../../../src/chapters/names/mail-fields.ts';
import type {MailState} from '../../../src/chapters/names/mail-state.ts';
import {startMail} from '../../../src/lab/mail/server.ts';
import type {MailServer} from '../../../src/lab/mail/types.ts';
import {good, key} from '../../../src/lab/test-certificates.ts';
import {talkRow} from '../../../src/ui/panes/mail/rows.ts';
import {talkSays} from '../../../src/ui/panes/mail/says.ts';
import {mailView} from '../../../src/ui/panes/mail.ts';
import {eventually} from '../../world/support/tools.ts';
import {eventAt, modelAfter, paintView, paneSizes} from './painted.ts';
import {type Showing, showing} from './showing.ts';

const ask = defaultsOf(mailFields);
const nasty = '\x1b[31m\u202e<b>';

/** One event of each kind, with text from outside that must not get through. */
function story() {
  let seq = 0;
  const at = (kind: string, fields: object, bytes?: number) => eventAt(seq++, kind, fields, bytes);
  const line = (from: string, text: string, more: object = {}) =>
    at(
      'line',
      {
        conversation: 0,
        from,
        text,
        verb: 'RCPT',
        code: 0,
        last: true,
        means: 'In words',
        source: 'RFC 5321',
        secure: false,
        ...more,
      },
      text.length + 2,
    );
  const exchanger = (index: number, name: string, more: object = {}) =>
    at('exchanger', {index, name, preference: 10 + index, source: 'MX', addresses: ['127.4.3.25'], says: '', ...more});
  return [
    at(
      'query',
      {
        name: 'example.test.',
        type: 'MX',
        server: '127.4.0.53:5300',
        rcode: 'NOERROR',
        records: 2,
        authentic: true,
        seconds: 0.001,
        says: '2 MX records',
      },
      40,
    ),
    exchanger(0, 'busy.example.test.'),
    exchanger(1, nasty, {addresses: [], says: 'It has no address'}),
    at('message', {size: 300, encoding: '8bit', why: 'It is not ASCII', changed: 2, longest: 70, dots: 1}, 300),
    at('plan', {lines: ['EHLO x', 'QUIT']}),
    at('trying', {
      conversation: 0,
      exchanger: 0,
      name: 'busy.example.test.',
      address: '127.4.3.26:25',
      at: '127.4.3.26:2525',
      secure: true,
    }),
    at('connected', {conversation: 0, local: '127.0.0.1:4000', seconds: 0.001}),
    line('server', `220 ${nasty}`, {code: 220, seconds: 0.1}),
    line('client', 'EHLO x'),
    at(
      'secured',
      {
        conversation: 0,
        protocol: 'TLSv1.3',
        cipher: 'TLS_AES',
        trusted: false,
        distrust: 'X',
        name: 'n',
        subject: nasty,
        issuer: 'i',
        names: '',
        notBefore: 'a',
        notAfter: 'b',
        sha256: 'ff',
        seconds: 0.1,
        says: 'It proves nothing',
      },
      20,
    ),
    line('server', '451 4.3.2 Later', {code: 451, enhanced: '4.3.2', secure: true, seconds: 0.2}),
    line('server', 'what', {fault: 'A reply begins with three digits'}),
    at('content', {conversation: 0, size: 310, lines: 9, dots: 1}, 310),
    at('raw', {conversation: 0, size: 3}, 3),
    at('closed', {conversation: 0, by: 'error', says: 'It broke'}),
    at('outcome', {exchanger: 0, result: 'deferred', says: 'To RCPT it says 451'}),
    at(
      'kept',
      {id: 'abc', from: 'bob@example.test', recipients: ['alice@example.test'], trace: 180, identical: true},
      400,
    ),
    at('notice', {says: 'Worth knowing'}),
    at('verdict', {result: 'deferred', says: 'Nobody takes it now'}),
  ];
}

describe('painted', () => {
  const model = modelAfter<MailState>(mailExperiment, ask, story());

  test.each(paneSizes)('at $width×$height nothing gets through, and everything fits', size => {
    for (const plain of [false, true]) {
      const {text} = paintView(mailView, model, size, {plain});
      expect(text).toContain('deferred');
    }
  });

  test('before anything happened it says what is being done', () => {
    const {text} = paintView(mailView, modelAfter<MailState>(mailExperiment, ask, []), paneSizes[1]);
    expect(text).toContain('The name server is asked.');
  });

  test('every kind of event has a row and is explained', () => {
    const kinds = new Set(story().map(({kind}) => kind));
    expect([...kinds].sort()).toEqual(Object.keys(mailEvents).sort());
    for (const event of story()) {
      expect(talkRow(event as never, true).length).toBeGreaterThan(0);
      const {title, says, source} = talkSays(event as never);
      expect(title).not.toBe('');
      expect(source).toMatch(/^RFC \d+/);
      expect(says.join(' ')).not.toMatch(/undefined|NaN/);
    }
  });
});

describe('shown', () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await startMail({
      address: '127.0.0.1',
      port: 0,
      name: 'mail.example.test',
      behaviour: 'accept',
      certificate: {key, cert: good},
    });
  });
  afterAll(() => server.close());

  const verdict = (shown: Showing<MailState>, kind: string) =>
    eventually(
      () => (shown.run.state as MailState).verdict?.kind,
      now => now === kind,
    );

  test('the plan, a sending, and its rows with their bytes', async () => {
    await showing(mailExperiment, mailView, {exchanger: `127.0.0.1:${server.port}`}, async shown => {
      await verdict(shown, 'planned');
      expect(shown.text()).toMatch(/> RCPT TO:<alice@example\.test>/);
      expect(await shown.run.act({action: 'send'})).toBeUndefined();
      expect(await verdict(shown, 'sent')).toBe('sent');
      const text = shown.text();
      expect(text).toMatch(/1 +sent +0 +127\.0\.0\.1/);
      expect(text).toContain('byte for byte what was sent');
      const state = shown.run.state as MailState;
      const content = state.talk.find(seq => shown.run.journal.get(seq)?.kind === 'content')!;
      shown.pane.following.clear();
      shown.focus('talk', content);
      expect(shown.text()).toContain('the message as it went out');
      const first = Buffer.from(shown.run.journal.bytesOf(shown.run.journal.get(content)!) ?? []);
      shown.pane.focus = 'bytes';
      shown.pane.cursors['bytes'] = first.indexOf('\r\n..') + 2;
      expect(shown.text()).toContain('added dot');
      shown.pane.cursors['bytes'] = first.length - 1;
      expect(shown.text()).toContain('end of the message');
      shown.focus('talk', content);
      const {part, model} = shown.part('talk');
      expect(part.explain?.(model)).toMatchObject({source: 'RFC 5321 §4.5.2'});
      expect(part.copies?.(model).map(({label}) => label)).toEqual(['the row', 'everything']);
    });
  });

  test('a filter leaves the rows that pass', async () => {
    await showing(mailExperiment, mailView, {exchanger: `127.0.0.1:${server.port}`, probe: true}, async shown => {
      await verdict(shown, 'probed');
      const {part, model} = shown.part('talk');
      const filtered = {...model, filter: (_: unknown, text: string) => text.includes('RSET')};
      const order = part.order?.(filtered);
      expect(order?.length).toBe(1);
    });
  });
});
