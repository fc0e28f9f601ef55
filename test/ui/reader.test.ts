import {PassThrough} from 'node:stream';
import {describe, expect, test, vi} from 'vitest';
import {Workbench} from '../../src/chapters/workbench.ts';
import {type ReaderOptions, readAloud} from '../../src/ui/reader.ts';
import {createWorld} from '../../src/world/world.ts';
import {bell} from './toys/experiments.ts';

vi.mock('../../src/chapters/registry.ts', async () => (await import('./toys/experiments.ts')).toyRegistry());
vi.mock('../../src/ui/view-registry.ts', async () => (await import('./toys/views.ts')).toyViews());

/** Types one line whenever something was asked, and gives everything that was said. */
async function conversation(answers: readonly string[], options: Partial<Pick<ReaderOptions, 'open' | 'saved'>> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const left = [...answers];
  let said = '';
  output.on('data', chunk => {
    said += chunk;
    // Every question ends in a full stop at the end of what was written; runs speak in between.
    setTimeout(() => {
      const next = left.shift();
      if (next === undefined) input.end();
      else input.write(`${next}\n`);
    }, 5);
  });
  const workbench = new Workbench(createWorld());
  const code = await readAloud({workbench, input, output, ...options});
  await workbench.close();
  return {code, said, running: workbench.running.length};
}

describe('the explorer for screen readers', () => {
  test('numbers its menu, asks every field, speaks what happens, and leaves nothing running', async () => {
    const {code, said, running} = await conversation(['1', 'fis', '1', '', ...Array(8).fill('m'), 'q']);
    expect(said).toContain('1. TCP, Bell. Rings, and counts how often it has rung.');
    expect(said).toContain('Tone: what it sounds like. Enter for c.');
    expect(said).toContain('Mood: calm, cross. One of calm, cross. Enter for calm.');
    expect([code, running]).toEqual([0, 0]);
    expect(said).not.toContain('\x1b');
  });

  test('a number that there is not, and a value that cannot be read, are answered and asked again', async () => {
    const {said} = await conversation(Array(40).fill('99'));
    expect(said).toContain('There is no 99.');
  });

  test('the end of the input is a way out', async () => {
    expect(await conversation([])).toMatchObject({code: 0, running: 0});
  });

  test('an experiment named on the command line starts at once', async () => {
    const ask = {tone: 'c\x1b[31m', times: 1, mood: 'calm'};
    const {said} = await conversation(['2', 'q'], {open: {experiment: bell, ask}});
    expect(said).toContain('Bell is running.');
    expect(said).not.toContain('\x1b');
  });

  test('what has several lines is said in several lines', async () => {
    const ask = {tone: 'c\nd', times: 1, mood: 'calm'};
    const {said} = await conversation(['2', 'q'], {open: {experiment: bell, ask}});
    expect(said).toMatch(/^.*c\nd/m);
    expect(said).not.toContain('\\n');
  });

  test('a saved journal is read out', async () => {
    const head = {
      wirebook: 1,
      experiment: 'tcp.bell',
      ask: {tone: 'c'},
      first: 0,
      offset: 0,
      base: {count: 0},
    } as const;
    const events = [{kind: 'rung', t: 0, fields: {number: 7, tone: '\x1b[2J'}}];
    const {said, code} = await conversation(['q'], {saved: {...head, events}});
    expect(said).toContain('A saved journal of Bell.\n7 \\x1b[2J\nThe journal ends here.\n');
    expect(code).toBe(0);
    expect((await conversation(['q'], {saved: {...head, experiment: 'tcp.none', events}})).said).toContain(
      'There is no experiment tcp.none here.',
    );
  });

  test('what a question quotes from its answer is shown visibly', async () => {
    expect((await conversation(['\x9b31m', 'q'])).said).toContain('There is no \\u{9b}31m.');
  });
});
