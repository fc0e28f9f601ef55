import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {pickleExperiment} from '../../../src/chapters/data/pickle.ts';
import type {PickleAsk, PickleState} from '../../../src/chapters/data/pickle-shape.ts';
import type {Run} from '../../../src/chapters/run.ts';
import {objectSchema} from '../../../src/journal/shape.ts';
import {linesOf, wirebook} from '../../support/fake-io.ts';
import {misfit} from '../../support/fits-schema.ts';
import {nodeProgram, wirebookScript} from '../../support/wirebook.ts';
import {bytesOf, given, made} from '../../wire/pickle/cases.ts';
import {has, running, runPython} from './running.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-pickle-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const python = has('python3');
const stateOf = (run: Run) => run.state as PickleState;
const bytesNow = (run: Run) => Buffer.from(run.journal.bytesOf(stateOf(run).pickle!)!).toString('hex');
const asked = (ask: Partial<PickleAsk>): PickleAsk => ({
  op: 'dumps',
  source: '[5, 6, 7]',
  protocol: '4',
  hex: '',
  ...ask,
});

const pickle = (words: readonly string[], input?: string) =>
  wirebook(['data', 'pickle', ...words], {
    ...(input !== undefined && {input}),
    parts: {experiments: async () => [pickleExperiment]},
  });

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const example = '80035d7100284b054b064b07652e';
const andMore = example + Buffer.from('blahblahblah').toString('hex');

describe('dis prints what pickletools prints', () => {
  const few = [...given, ...made].filter((_, index) => index % 7 === 0);

  test.each(few.map(one => [one.hex.slice(0, 60), one] as const))('%s', async (_, one) => {
    const {text, error, message} = 'dis' in one ? one.dis : one;
    const {code, out, err} = await pickle([
      'dis',
      ...(one.hex === '' ? [file('empty', bytesOf(''))] : ['--hex', one.hex]),
    ]);
    expect(out).toBe(text);
    expect(code).toBe(error === undefined ? 0 : 1);
    if (error !== undefined)
      expect(err.startsWith(`wirebook: ${error}: `), `${err} is no ${error}: ${message}`).toBe(true);
  });

  test.skipIf(!python)('the bytes of standard output are those of python3 -m pickletools', () => {
    const strange = bytesOf(
      Buffer.concat([bytesOf('8c0c'), Buffer.from('é€\u200b漢\u{1f600}'), bytesOf('2e')]).toString('hex'),
    );
    for (const [name, bytes] of Object.entries({good: bytesOf(andMore), broken: bytesOf('80034b05ff'), strange})) {
      const path = file(name, bytes);
      const theirs = spawnSync('python3', ['-m', 'pickletools', path]);
      const ours = spawnSync(nodeProgram, [wirebookScript, 'data', 'pickle', 'dis', path, '--text']);
      expect(ours.stdout.toString('latin1')).toBe(theirs.stdout.toString('latin1'));
      expect(ours.status).toBe(theirs.status);
      expect(theirs.stderr.toString().trim().split('\n').at(-1) ?? '').toBe(
        ours.stderr.toString().trim().replace('wirebook: ', ''),
      );
    }
  });

  test('--json gives one opcode a line', async () => {
    const {out} = await pickle(['dis', '--hex', example, '--json']);
    const lines = linesOf(out) as {kind: string; name?: string; argument?: string; offset?: number; markAt?: number}[];
    const opcodes = lines.filter(({kind}) => kind === 'opcode');
    expect(opcodes.map(({name}) => name).join(' ')).toBe(
      'PROTO EMPTY_LIST BINPUT MARK BININT1 BININT1 BININT1 APPENDS STOP',
    );
    expect(opcodes[4]).toMatchObject({
      offset: 6,
      argument: '5',
      length: 2,
      code: 0x4b,
      depth: 1,
      line: '    6: K        BININT1    5',
    });
    expect(opcodes[7]).toMatchObject({markAt: 5});
    expect(lines.find(({kind}) => kind === 'pickle')).toMatchObject({
      consumed: 14,
      leftOver: 0,
      opcodes: 9,
      bytes: example,
    });
  });
});

describe('the other commands', () => {
  test('loads gives the repr and what is left over', async () => {
    expect(await pickle(['loads', '--hex', andMore])).toEqual({
      code: 0,
      out: '[5, 6, 7]\n14 bytes consumed, 12 left over\n',
      err: '',
    });
  });

  test('loads refuses what would import, and says where', async () => {
    const evil = Buffer.from("cos\nsystem\n(S'id'\ntR.").toString('hex');
    const {code, out, err} = await pickle(['loads', '--hex', evil]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('wirebook: It would import os.system, and only plain values are loaded. Inspect it instead.\n');
    const report = await pickle(['inspect', '--hex', evil]);
    expect(report.code).toBe(0);
    expect(report.out).toBe(
      'Runs code when loaded: os.system. Do not load it unless you wrote it.\n' +
        '    0: GLOBAL imports os.system\n' +
        "   19: REDUCE calls os.system('id',)\n" +
        '1 pickle in a row, 0 bytes after the last\n',
    );
    expect(report.out).not.toMatch(/safe/i);
  });

  test('names of a pickle cannot reach the terminal raw', async () => {
    const evil = Buffer.from('c\x1b[31mos\u202e\nsystem\n.').toString('hex');
    const {out} = await pickle(['inspect', '--hex', evil]);
    expect(out).not.toMatch(/[\x1b\u202e]/);
    expect(out).toContain('\\x1b[31mos');
  });

  test('dumps writes the bytes of CPython, raw into a pipe', () => {
    const made = spawnSync(nodeProgram, [
      wirebookScript,
      'data',
      'pickle',
      'dumps',
      '--protocol',
      '3',
      '[5, 6, 7]',
      '--text',
    ]);
    expect(made.stdout.toString('hex')).toBe(example);
    expect(made.status).toBe(0);
  });

  test('bytes come from a file, from standard input, in hex after --hex or as the source', async () => {
    const path = file('example', bytesOf(example));
    for (const [words, input] of [
      [['loads', path]],
      [['loads', '-'], '\x80'],
      [['loads', example]],
      [['loads', '--hex', example.replace(/../g, '$& ')]],
    ] as const) {
      const {out, err} = await pickle(words, input);
      if (input === undefined) expect(out).toContain('[5, 6, 7]\n14 bytes');
      else expect(err).toContain('Error');
    }
  });

  test.each([
    [['dumps', '[5, '], 1, /^wirebook: .*\n {2}\[5, \n/],
    [['dumps'], 1, /./],
    [['dis', join(folder, 'nothing-here')], 1, /There is no file .*nothing-here \(ENOENT\)\. Name a file/],
    [['dis', folder], 1, /is a directory/],
    [['dis'], 1, /There is no pickle to read\. Name a file/],
    [['dis', '--hex', '8g'], 1, /8g\n {3}\^/],
    [['loads', '--hex', 'ff'], 1, /UnpicklingError: invalid load key, '\\xff'\./],
    [['dumps', '1', '--protocol', '6'], 2, /Protocol has no choice “6”/],
  ] as const)('%j fails with a sentence', async (words, code, sentence) => {
    const ended = await pickle(words);
    expect(ended.code).toBe(code);
    expect(ended.out).toBe('');
    expect(ended.err).toMatch(sentence);
  });

  test('--batch answers', async () => {
    const {out} = await pickle(['--batch'], `{"op":"loads","hex":"${example}"}\n`);
    expect(JSON.parse(out)).toEqual({repr: '[5, 6, 7]', consumed: 14});
  });
});

describe('in the pane', () => {
  test('everything is there at once, and fits the published schema', () =>
    running(pickleExperiment, {}, run => {
      const {pickle: seen, report, value} = stateOf(run);
      expect(seen).toMatchObject({origin: 'value', opcodes: 10, consumed: 22, leftOver: 0, complete: true});
      expect(report?.verdict).toBe('no imports found');
      expect(value?.repr).toBe('[5, 6, 7]');
      for (const event of run.journal) {
        const {kind, t, seq, run: _, bytes, ...fields} = event;
        const schema = objectSchema(pickleExperiment.events[kind as 'pickle'].fields);
        expect(
          misfit(JSON.parse(JSON.stringify(fields)), schema, schema),
          `${kind} ${t} ${seq} ${bytes?.length}`,
        ).toBeUndefined();
      }
    }));

  test('a byte is changed, and everything follows', () =>
    running(pickleExperiment, {protocol: '3'}, async run => {
      expect(await run.act({action: 'edit', args: {offset: 9, value: 0xff}})).toBeUndefined();
      expect(stateOf(run).value?.repr).toBe('[5, 255, 7]');
      expect(bytesNow(run)).toBe('80035d7100284b054bff4b07652e');
      expect(pickleExperiment.settled!(stateOf(run))).toEqual({op: 'dis', hex: '80035d7100284b054bff4b07652e'});
      expect(await run.act({action: 'edit', args: {offset: 13, value: 0x63}})).toBeUndefined();
      expect(stateOf(run)).toMatchObject({value: undefined, pickle: {complete: false}});
      expect(await run.act({action: 'edit', args: {offset: 14, value: 0}})).toMatchObject({
        says: 'There is no byte 14',
      });
    }));

  test('bytes after the STOP are left over, and can be cut off', () =>
    running(pickleExperiment, {protocol: '3'}, async run => {
      expect(run.possible('cut')).toBe('Nothing is left over after the STOP');
      await run.act({action: 'after', args: {text: 'blah\\x00'}});
      expect(stateOf(run).pickle).toMatchObject({consumed: 14, leftOver: 5});
      expect(stateOf(run).value).toMatchObject({consumed: 14, leftOver: 5, repr: '[5, 6, 7]'});
      await run.act({action: 'cut'});
      expect(bytesNow(run)).toBe(example);
    }));

  test('the next protocol, for a value only', () =>
    running(pickleExperiment, {protocol: '5'}, async run => {
      await run.act({action: 'protocol'});
      expect(bytesOf(bytesNow(run))).toEqual(bytesOf(Buffer.from('(lp0\nI5\naI6\naI7\na.').toString('hex')));
      expect(pickleExperiment.settled!(stateOf(run))).toEqual({protocol: '0'});
      await run.act({action: 'after', args: {text: 'x'}});
      expect(run.possible('protocol')).toMatch(/choose dumps/);
    }));

  test('when dumps is left, its bytes stay; when the source is edited, what cannot be read is said', () =>
    running(pickleExperiment, {protocol: '3'}, async run => {
      run.reask(asked({op: 'loads', protocol: '3'}));
      await settle();
      expect(stateOf(run).pickle).toMatchObject({origin: 'hex', typed: {op: 'loads', hex: example}});
      run.reask(asked({source: '[5, 6', protocol: '3'}));
      await settle();
      expect(stateOf(run).unread).toMatchObject({code: 'pickle.literal', mark: {text: '[5, 6', at: 5}});
      expect(stateOf(run).value?.repr, 'what was there stays').toBe('[5, 6, 7]');
      expect(pickleExperiment.settled!(stateOf(run)), 'and the form is left alone').toEqual({});
      run.reask(asked({source: '[5, 6]'}));
      await settle();
      expect(stateOf(run)).toMatchObject({unread: undefined, value: {repr: '[5, 6]'}});
    }));

  test('another source is read in the place of bytes that were filled in here, and not of typed ones', () =>
    running(pickleExperiment, {protocol: '3'}, async run => {
      run.reask(asked({op: 'dis', protocol: '3'}));
      await settle();
      const path = file('other', bytesOf('80034b012e'));
      for (const source of [path.slice(0, -1), path])
        run.reask(asked({op: 'dis', source, hex: example, protocol: '3'}));
      await until(() => stateOf(run).pickle?.origin === 'file');
      expect(stateOf(run).value?.repr).toBe('1');
      expect(pickleExperiment.settled!(stateOf(run))).toEqual({hex: ''});
      run.reask(asked({op: 'dis', source: path, hex: '80034b022e'}));
      await until(() => stateOf(run).value?.repr === '2');
    }));

  test('a file that is too long for a pane is refused', () =>
    running(pickleExperiment, {op: 'dis', source: file('long', new Uint8Array(200_000))}, async run => {
      await until(() => stateOf(run).unread !== undefined);
      expect(stateOf(run).unread?.says).toMatch(/has more than 131072 bytes/);
    }));
});

test.skipIf(!python)('the Python programs print what the commands print', async () => {
  const path = file('equivalent', bytesOf(andMore));
  const asks = [
    asked({protocol: '3'}),
    asked({op: 'dis', hex: andMore}),
    asked({op: 'dis', source: path}),
    asked({op: 'loads', hex: andMore}),
    asked({op: 'loads', source: path}),
  ];
  const programs = asks.map(ask => pickleExperiment.equivalents(ask)[0]!.code);
  const ran = runPython(programs);
  const ours = await Promise.all(
    asks.map(({op, source, hex, protocol}) =>
      op === 'dumps' ? {out: `${example}\n`} : pickle([op, source, '--hex', hex, '--protocol', protocol]),
    ),
  );
  expect(ran.map(({out}) => out)).toEqual(ours.map(({out}) => out));
  const [evil] = runPython([
    pickleExperiment.equivalents(asked({op: 'loads', hex: Buffer.from("cos\nsystem\n(S'id'\ntR.").toString('hex')}))[0]!
      .code,
  ]);
  expect(evil!.error).toBe('_pickle.UnpicklingError: it would import os.system');
  const [report] = runPython([
    pickleExperiment.equivalents(asked({op: 'inspect', hex: Buffer.from('cos\nsystem\n.').toString('hex')}))[0]!.code,
  ]);
  expect(report).toEqual({out: '    0: GLOBAL os system\n', error: ''});
});

const settle = () => new Promise(done => setTimeout(done, 5));

async function until(there: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !there(); turn++) await settle();
  expect(there()).toBe(true);
}
