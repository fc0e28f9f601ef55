import {spawnSync} from 'node:child_process';
import {closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {hexExperiment} from '../../../src/chapters/data/hex.ts';
import {readPlace} from '../../../src/chapters/data/hex-bench.ts';
import type {HexAsk} from '../../../src/chapters/data/hex-shape.ts';
import type {HexState} from '../../../src/chapters/data/hex-state.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {has, running} from './running.ts';
import {events, wirebook} from './wirebook-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-hex-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** A file whose needles lie at these places, one of them across a border of what is read at once. */
const places = [100, 1024 * 1024 - 3, 3_000_000] as const;
const plain = Buffer.alloc(3_000_010, 0x2e);
for (const place of places) plain.write('needle', place);
const path = join(folder, 'plain.bin');
writeFileSync(path, plain);

const stateOf = (run: Run) => run.state as HexState;
const opened = async (ask: Partial<HexAsk>, work: (run: Run) => Promise<void>) =>
  running(hexExperiment, ask, async run => {
    await vi.waitFor(() => expect(stateOf(run).name).not.toBe(''));
    await work(run);
  });
const good = async (run: Run, action: string, args?: Record<string, unknown>) =>
  expect(await run.act({action, ...(args && {args})})).toBeUndefined();

describe('looking', () => {
  test('a file is opened at once and only the pages looked at are read', () => {
    const huge = join(folder, 'huge.bin');
    const descriptor = openSync(huge, 'w');
    ftruncateSync(descriptor, 2 ** 30);
    writeSync(descriptor, 'end', 2 ** 30 - 3);
    closeSync(descriptor);
    return opened({file: huge}, async run => {
      await good(run, 'look', {offset: 2 ** 30 - 1, page: 2 ** 30 - 1});
      const {size, pages} = stateOf(run);
      expect([size, pages.map(({offset, bytes}) => [offset, bytes.length])]).toEqual([
        2 ** 30,
        [
          [0, 16_384],
          [2 ** 30 - 16_384, 16_384],
        ],
      ]);
      expect(Buffer.from(run.journal.bytesOf({bytes: pages[1]!.bytes})!.subarray(-3)).toString()).toBe('end');
      for (let page = 1; page < 60; page++) await good(run, 'look', {offset: 0, page: page * 16_384});
      expect(stateOf(run).pages).toHaveLength(32);
    });
  });

  test('goes to offsets, absolute and relative, and says when they lie outside', () =>
    opened({file: path}, async run => {
      await good(run, 'goto', {to: '0x64'});
      expect(stateOf(run).jump?.cursor).toBe(100);
      await good(run, 'goto', {to: '+20'});
      await good(run, 'goto', {to: '-0x10'});
      expect(stateOf(run).jump?.cursor).toBe(104);
      expect(await run.act({action: 'goto', args: {to: '3000010'}})).toMatchObject({
        says: expect.stringMatching(/lies outside/),
      });
      expect(await run.act({action: 'goto', args: {to: 'there'}})).toMatchObject({says: '“there” is no offset'});
    }));

  test.each([
    ['50%', 0, 1000, 500],
    ['100%', 0, 1000, 999],
    ['1_0', 0, 100, 10],
    ['-1', 0, 10, 'Offset -1 lies outside: there are 10 bytes'],
    ['101%', 0, 10, 'Offset 10 lies outside: there are 10 bytes'],
  ])('%s from %i of %i', (typed, from, size, place) => expect(readPlace(typed, from, size)).toBe(place));

  test('typed bytes are looked at too; what is wrong says so and the last stays', () =>
    opened({bytes: 'de ad be ef'}, async run => {
      expect(stateOf(run)).toMatchObject({size: 4, of: 'typed'});
      run.reask({...run.ask, file: join(folder, 'absent')});
      await vi.waitFor(() => expect(stateOf(run).notice?.says).toMatch(/absent does not exist/));
      expect(stateOf(run).size).toBe(4);
      run.reask({...run.ask, file: folder});
      await vi.waitFor(() => expect(stateOf(run).notice?.says).toMatch(/is no regular file/));
    }));
});

describe('searching', () => {
  test('forwards, across what is read at once, and round the end', () =>
    opened({file: path}, async run => {
      const found: unknown[] = [];
      await good(run, 'find', {pattern: 'needle', as: 'text'});
      found.push(stateOf(run).match?.offset);
      for (let time = 0; time < 3; time++) {
        await good(run, 'next');
        found.push(stateOf(run).match?.offset);
      }
      expect(found).toEqual([...places, places[0]]);
      expect(stateOf(run).notice?.says).toMatch(/went on at the other end/);
    }));

  test('backwards', () =>
    opened({file: path}, async run => {
      await good(run, 'find', {pattern: '6e 65 65', as: 'hex'});
      const found: unknown[] = [];
      for (let time = 0; time < 3; time++) {
        await good(run, 'previous');
        found.push(stateOf(run).match?.offset);
      }
      expect(found).toEqual([places[2], places[1], places[0]]);
    }));

  test('what is nowhere is told; what is no pattern is refused', () =>
    opened({file: path}, async run => {
      expect(await run.act({action: 'next'})).toMatchObject({says: expect.stringMatching(/searched for yet/)});
      await good(run, 'find', {pattern: 'absent', as: 'text'});
      expect(stateOf(run)).toMatchObject({match: undefined, notice: {says: '“absent” is nowhere', tone: 'bad'}});
      expect(await run.act({action: 'find', args: {pattern: '6', as: 'hex'}})).toMatchObject({code: 'hex.pattern'});
      expect(await run.act({action: 'find', args: {pattern: '', as: 'text'}})).toMatchObject({code: 'hex.pattern'});
    }));
});

describe('changing', () => {
  test('happens on a copy, which goes to a new file only; the original stays as it is', () =>
    opened({file: path}, async run => {
      await good(run, 'set', {offset: 100, value: 0x4e});
      await good(run, 'set', {offset: 3_000_009, value: 0xff});
      await good(run, 'find', {pattern: 'Needle', as: 'text'});
      expect(stateOf(run).match?.offset).toBe(100);
      const copy = join(folder, 'copy.bin');
      await good(run, 'save', {path: copy});
      const wanted = Buffer.from(plain);
      wanted[100] = 0x4e;
      wanted[3_000_009] = 0xff;
      expect(readFileSync(copy).equals(wanted)).toBe(true);
      expect(readFileSync(path).equals(plain)).toBe(true);
      for (const taken of [copy, path])
        expect(await run.act({action: 'save', args: {path: taken}})).toMatchObject({errno: 'EEXIST'});
      expect(readFileSync(path).equals(plain)).toBe(true);
      expect(await run.act({action: 'save', args: {path: join(folder, 'no/such')}})).toMatchObject({errno: 'ENOENT'});
    }));

  test('is taken back, byte by byte, however many digits were typed', () =>
    opened({bytes: '00 11 22'}, async run => {
      await good(run, 'set', {offset: 1, value: 0xa1});
      await good(run, 'set', {offset: 1, value: 0xab});
      await good(run, 'set', {offset: 2, value: 0xcd});
      expect(stateOf(run).edits).toEqual([
        {offset: 1, value: 0xab, was: 0x11},
        {offset: 2, value: 0xcd, was: 0x22},
      ]);
      await good(run, 'undo');
      await good(run, 'undo');
      expect(stateOf(run).edits).toEqual([]);
      expect(await run.act({action: 'undo'})).toMatchObject({says: 'Nothing has been changed'});
      expect(await run.act({action: 'set', args: {offset: 3, value: 0}})).toMatchObject({code: 'hex.offset'});
    }));
});

const [xxd, python] = [has('xxd', '-v'), has('python3')];

describe('the command', () => {
  const hex = (...words: string[]) => wirebook(['data', 'hex', ...words]);

  test.skipIf(!xxd)('prints what xxd prints', () => {
    const theirs = spawnSync('xxd', ['-s', '90', '-l', '50', path], {encoding: 'utf8'}).stdout;
    expect(hex(path, '--offset', '90', '--length', '50').text).toBe(theirs);
    const all = spawnSync('xxd', ['-l', '40000', path], {encoding: 'utf8'}).stdout;
    expect(hex(path, '--length', '40000').text).toBe(all);
  });

  test('prints every place of a pattern, and fails when there is none', () => {
    expect(hex(path, '--find', 'needle')).toMatchObject({code: 0, text: places.map(place => `${place}\n`).join('')});
    expect(hex(path, '--find', '6e 65 65', '--find-as', 'hex', '--offset', '101', '--once').text).toBe(
      `${places[1]}\n`,
    );
    expect(hex(path, '--find', 'absent')).toMatchObject({
      code: 1,
      err: 'wirebook: “absent” is nowhere from offset 0 on.\n',
    });
  });

  test('reads standard input and typed bytes; JSON has pages', () => {
    expect(wirebook(['data', 'hex', '-'], 'hello').text).toBe(
      '00000000: 6865 6c6c 6f                             hello\n',
    );
    expect(events(hex('--bytes', 'de ad', '--json').text)).toMatchObject([
      {kind: 'opened', of: 'typed', size: 2},
      {kind: 'page', offset: 0, bytes: 'dead'},
      {kind: 'end'},
    ]);
  });

  test.each([
    [['/nowhere/at/all'], 1, /does not exist \(ENOENT\)/],
    [['--bytes', 'xyz'], 2, /"x" is not a hex digit/],
    [[path, '--offset', '99999999'], 1, /lies outside: there are 3000010 bytes/],
  ])('%j fails with a sentence', (words, code, says) => {
    expect(hex(...words)).toMatchObject({code, err: expect.stringMatching(says)});
  });

  test.skipIf(!python)('the programs that the pane shows print the same rows and places', () => {
    const rows = (text: string) =>
      text.split('\n').map(line => line.replace(/^(\w+):((?: ?[0-9a-f]{2})+).*$/, '$1$2').replaceAll(' ', ''));
    const ask: HexAsk = {...defaultsOf(hexExperiment.fields), file: path, offset: 96, length: 40};
    const program = (one: HexAsk, language: string) =>
      hexExperiment.equivalents(one).find(({language: of}) => of === language)!.code;
    const ours = rows(hex(path, '--offset', '96', '--length', '40').text);
    expect(rows(spawnSync('python3', ['-c', program(ask, 'Python')], {encoding: 'utf8'}).stdout)).toEqual(ours);
    const node = spawnSync(process.execPath, ['--input-type=module', '-e', program(ask, 'Node')], {encoding: 'utf8'});
    expect(rows(node.stdout)).toEqual(ours);
    const found = spawnSync('python3', ['-c', program({...ask, offset: 0, find: 'needle'}, 'Python')], {
      encoding: 'utf8',
    });
    expect(found.stdout).toBe(hex(path, '--find', 'needle').text);
  });
});
