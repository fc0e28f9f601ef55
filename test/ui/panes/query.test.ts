import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {queryExperiment} from '../../../src/chapters/names/query.ts';
import type {QueryState} from '../../../src/chapters/names/query-state.ts';
import {queryView} from '../../../src/ui/panes/query.ts';
import {decodeMessage} from '../../../src/wire/dns/decode.ts';
import {encodeMessage} from '../../../src/wire/dns/encode.ts';
import {parseRdata} from '../../../src/wire/dns/rdata/parse.ts';
import {typeNumber} from '../../../src/wire/dns/tables.ts';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';
import {type UdpServer, udpServer} from '../../world/dns/servers.ts';
import {eventually} from '../../world/support/tools.ts';
import {type Showing, showing, sizes} from './showing.ts';

function record(name: string, type: string, text: string): ResourceRecord {
  const number = typeNumber(type)!;
  const parsed = parseRdata(number, text);
  if (!parsed.ok) throw new Error(parsed.says);
  return {name, type: number, class: 1, ttl: 3600, data: parsed.data};
}

const answers = [
  record('example.test.', 'MX', '10 busy.example.test.'),
  record('example.test.', 'MX', '20 mail.example.test.'),
];
const additionals = [record('mail.example.test.', 'A', '192.0.2.25')];

let server: UdpServer;
let odd: (query: Uint8Array) => Uint8Array = query => query;
let hostile: UdpServer;

beforeAll(async () => {
  server = await udpServer((query, reply) => {
    const {message} = decodeMessage(query);
    reply(encodeMessage({...message, response: true, answers, additionals}));
  });
  hostile = await udpServer((query, reply) => reply(odd(query)));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await hostile[Symbol.asyncDispose]();
});

type Shown = Showing<QueryState>;
type Options = Parameters<typeof showing>[4];

async function answered(work: (shown: Shown) => Promise<void> | void, options: Options = {}, ask: object = {}) {
  const asked = {name: 'example.test', type: 'MX', server: `127.0.0.1:${server.port}`, id: 4660, ...ask};
  await showing<QueryState>(
    queryExperiment,
    queryView,
    asked,
    async shown => {
      await eventually(
        () => shown.run.state as QueryState,
        ({answered, failed}) => answered + failed > 0,
      );
      shown.lines();
      await work(shown);
    },
    options,
  );
}

describe.each(sizes.map(size => [`${size.width}×${size.height}`, size] as const))('at %s', (_name, size) => {
  test.each([false, true])('the answer is there, ASCII: %s', async ascii => {
    await answered(
      shown => {
        const text = shown.text();
        expect(text).toContain('example.test.');
        expect(text).toMatch(/MX\s+(10 b|1)/);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
        if (ascii) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      },
      {size, ascii},
    );
  });
});

describe('three ways to look at one message', () => {
  test('the cursor stands on the first record, its fields and bytes light up', async () => {
    await answered(shown => {
      const {model} = shown.part('answer');
      const {model: fields} = shown.part('fields');
      const {model: bytes} = shown.part('bytes');
      expect(shown.pane.focus).toBe('answer');
      expect(shown.lines().find(line => line.includes('10 busy'))).toContain('example.test.');
      expect(model.cursor).toBeGreaterThan(0);
      expect(fields.cursor).toBeGreaterThan(0);
      expect(bytes.cursor).toBe(30);
      expect(shown.part('fields').part.explain?.(fields)?.says).toMatch(/Bytes 30 to/);
    });
  });

  test('a field lights its bytes, and a byte its field and line', async () => {
    await answered(shown => {
      shown.focus('bytes', 0);
      expect(shown.part('fields').part.explain?.(shown.part('fields').model)).toMatchObject({title: 'id'});
      const preference = bytesOf(shown).lastIndexOf(20);
      shown.focus('bytes', preference);
      const {part, model} = shown.part('fields');
      expect(part.explain?.(model)).toMatchObject({title: 'preference', source: expect.stringContaining('RFC')});
      expect(shown.part('answer').part.explain?.(shown.part('answer').model)?.says).toContain('20 mail');
      shown.focus('fields', model.cursor - 1);
      expect(shown.part('bytes').model.cursor).toBeLessThan(preference);
    });
  });

  test('Enter on a compressed name goes to where it goes on', async () => {
    await answered(async shown => {
      shown.focus('bytes', 30);
      expect(shown.part('bytes').part.grabs?.('enter', shown.part('bytes').model)).toBe(true);
      await shown.press('enter');
      expect(shown.part('bytes').model.cursor).toBe(12);
      expect(shown.part('bytes').part.grabs?.('enter', shown.part('bytes').model)).toBe(false);
      const {part, model} = shown.part('fields');
      const targets = part.explain?.(model);
      expect(targets?.title).toBe('name');
      shown.focus('bytes', 30);
      shown.focus('fields', shown.part('fields').model.cursor);
      await shown.press('enter');
      expect(shown.part('bytes').model.cursor).toBe(12);
    });
  });

  test('the list of messages decides which one is shown', async () => {
    await answered(shown => {
      expect(shown.text()).toContain('Response: ');
      // A cursor that was moved no longer follows the newest.
      shown.pane.following.delete('messages');
      shown.focus('messages', 0);
      expect(shown.text()).toContain('Query: 41 bytes');
      expect(shown.text()).toContain(';; flags: rd ad');
    });
  });

  test('every row can be explained and copied', async () => {
    await answered(shown => {
      shown.pane.following.delete('messages');
      for (const id of ['messages', 'answer', 'fields', 'bytes']) {
        const {part} = shown.part(id);
        const {first, end} = part.range!(shown.model);
        for (let item = first; item < end; item += id === 'bytes' ? 9 : 1) {
          shown.focus(id, item);
          const {model} = shown.part(id);
          const explained = part.explain?.(model);
          expect(`${explained?.title}: ${explained?.says} ${explained?.source ?? ''}`).not.toMatch(/undefined|NaN|^: /);
          for (const {label, text} of part.copies?.(model) ?? []) expect(`${label} ${text}`).not.toMatch(/undefined/);
        }
      }
      const {lines} = {lines: shown.part('answer').part.range!(shown.model).end};
      shown.focus('answer', lines - 1);
      const [line, data, all, short] = shown.part('answer').part.copies!(shown.part('answer').model);
      expect(line?.text).toMatch(/\t/);
      expect(all?.text).toContain(';; ANSWER SECTION:\nexample.test.\t\t3600\tIN\tMX\t10 busy.example.test.');
      expect(short?.text ?? data?.text).toContain('20 mail.example.test.');
    });
  });
});

test('several servers are compared', async () => {
  odd = query => encodeMessage({...decodeMessage(query).message, response: true, rcode: 3});
  const both = `127.0.0.1:${server.port}, 127.0.0.1:${hostile.port}`;
  await answered(
    async shown => {
      await eventually(
        () => shown.run.state as QueryState,
        ({compared}) => compared.length > 0,
      );
      expect(shown.text()).toContain('Compared: the servers differ');
      expect(shown.text()).toContain('NXDOMAIN, 0 records');
    },
    {size: sizes[3]!},
    {server: both},
  );
});

test('no answer is said, with why', async () => {
  await answered(
    shown => expect(shown.text()).toContain('Nothing listens at 127.0.0.1:9'),
    {},
    {server: '127.0.0.1:9'},
  );
});

test('whatever a server sends, the pane shows it and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({maxLength: 200}), fc.nat({max: 80}), async (noise, cut) => {
      odd = query => {
        const whole = encodeMessage({...decodeMessage(query).message, response: true, answers, additionals});
        return Uint8Array.from([...whole.subarray(0, 30 + cut), ...noise]);
      };
      await answered(
        shown => {
          expect(shown.text()).not.toMatch(/undefined|NaN|[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
          for (const id of ['answer', 'fields', 'bytes']) {
            const {part} = shown.part(id);
            const {end} = part.range!(shown.model);
            for (let item = 0; item < end; item += 5) {
              shown.focus(id, item);
              expect(part.explain?.(shown.part(id).model)?.says ?? '').not.toMatch(/undefined|NaN/);
            }
          }
        },
        {},
        {server: `127.0.0.1:${hostile.port}`, wait: 1, retries: 0},
      );
    }),
    {numRuns: 10},
  );
});

function bytesOf(shown: Shown): Uint8Array {
  const {response = -1} = (shown.run.state as QueryState).rows.at(-1)!;
  return shown.run.journal.bytesOf(shown.run.journal.get(response)!)!;
}
