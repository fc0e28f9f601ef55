import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {whoisExperiment} from '../../../src/chapters/names/whois.ts';
import {whoisFields} from '../../../src/chapters/names/whois-shape.ts';
import type {WhoisState} from '../../../src/chapters/names/whois-state.ts';
import {startWhois} from '../../../src/lab/whois/server.ts';
import type {WhoisServer} from '../../../src/lab/whois/types.ts';
import {whoisView} from '../../../src/ui/panes/whois.ts';
import {eventually} from '../../world/support/tools.ts';
import {modelAfter, paintView, paneSizes} from './painted.ts';
import {type Showing, showing, sizes} from './showing.ts';

let root: WhoisServer;
let registry: WhoisServer;

beforeAll(async () => {
  const at = {address: '127.0.0.1', port: 0, peers: () => ({root, registry})};
  root = await startWhois({...at, role: 'root'});
  registry = await startWhois({...at, role: 'registry'});
});

afterAll(() => Promise.all([root.close(), registry.close()]));

const ended = (shown: Showing<WhoisState>) => eventually(() => shown.run.status !== 'running', Boolean);
const shows = (ask: object, work: (shown: Showing<WhoisState>) => void, size = sizes[2]!, ascii = false) =>
  showing(
    whoisExperiment,
    whoisView,
    {server: `127.0.0.1:${root.port}`, ...ask},
    async shown => {
      await ended(shown);
      shown.lines();
      work(shown);
    },
    {size, ascii},
  );

describe('the chain', () => {
  test.each(sizes)('at $width×$height', async size => {
    for (const ascii of [false, true])
      await shows({}, shown => expect(shown.text()).toMatch(/registrant: +Zo/), size, ascii);
  });

  test('what is selected in it is what is shown', async () => {
    await shows({}, shown => {
      expect(shown.text()).toContain('Answer of 127.0.0.1: 8 lines, utf-8');
      shown.pane.following.clear();
      shown.focus('hops', 0);
      expect(shown.text()).toMatch(/refer: +whois\.nic\.test +\(not followed\)/);
      expect(shown.text()).toMatch(/ReferralServer: .*\(asked next\)/);
      const {part, model} = shown.part('hops');
      expect(part.explain?.(model)?.says).toContain('“example.test” and CR LF');
      expect(part.copies?.(model)[1]?.text).toContain('% The root of the lab');
    });
  });

  test('the bytes are those of the line that is selected', async () => {
    await shows({}, shown => {
      shown.focus('answer', 3);
      shown.lines();
      const {model} = shown.part('bytes');
      expect(model.cursor).toBe(
        '% The registry of the lab. Nobody here is real.\r\n\r\ndomain:                 example.test\r\n'.length,
      );
      expect(shown.text()).toContain('0x72 114');
    });
  });

  test('a filter leaves the lines of the answer that pass', async () => {
    await shows({}, shown => {
      const {part, model} = shown.part('answer');
      const filter = (_: unknown, text: string) => text.includes('nserver');
      expect(part.order?.({...model, filter})?.length).toBe(1);
      const at = part.explain?.(model);
      expect(at?.source).toBe('RFC 3912 §2');
    });
  });

  test('escape codes of an answer are shown, not obeyed', async () => {
    await shows({query: 'escape.test'}, shown => {
      expect(shown.text()).toContain(String.raw`\x1b[31mred`);
      expect(shown.text()).not.toMatch(/[\x1b\u202e]/);
    });
  });

  test('a loop and a server that is not there are said', async () => {
    await shows({query: 'loop.test'}, shown => {
      expect(shown.text()).toContain('leads back to');
      expect(shown.text()).toContain('(asked al');
    });
    await shows({server: '127.0.0.1:9'}, shown => expect(shown.text()).toContain('Nobody listens at 127.0.0.1:9'));
  });
});

test.each(paneSizes)('before anything is known, at $width×$height', size => {
  const model = modelAfter<WhoisState>(whoisExperiment, defaultsOf(whoisFields), []);
  expect(paintView(whoisView, model, size, {plain: true}).text).toContain('Answer');
});
