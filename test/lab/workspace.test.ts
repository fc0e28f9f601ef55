import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createInternet} from '../../src/lab/dns/internet.ts';
import type {Asker, Response} from '../../src/lab/dns/respond.ts';
import {readHosts} from '../../src/lab/hosts-file.ts';
import {openWorkspace} from '../../src/lab/workspace.ts';
import {typeNumber} from '../../src/wire/dns/tables.ts';
import type {Message} from '../../src/wire/dns/types.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-workspace-'));
  mkdirSync(join(folder, 'zones'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const zone = (name: string, text: string) => writeFileSync(join(folder, 'zones', `${name}.zone`), text);
const soa = '@ 60 SOA ns.workspace.test. me 1 2 3 4 5\n@ 60 NS ns.workspace.test.\n';
const inside: Asker = {transport: 'tcp', address: '127.0.0.1', port: 1};
const internet = createInternet({seconds: () => 1_790_000_000});

async function ask(name: string, type = 'A'): Promise<Response> {
  const question = {name, type: typeNumber(type)!, class: 1};
  const flags = {aa: false, tc: false, rd: true, ra: false, z: false, ad: true, cd: false};
  const sections = {answers: [], authorities: [], additionals: []};
  const request: Message = {id: 1, response: false, opcode: 0, flags, rcode: 0, questions: [question], ...sections};
  return (await internet.answererOf('127.4.0.53')(question, request, inside)) as Response;
}

const addresses = async (name: string) => (await ask(name)).answers?.map(({data}) => data.join('.'));

describe('the zones of a workspace', () => {
  test('are delegated, signed and answered for', async () => {
    zone('mine.test', `${soa}www A 127.0.0.80\n`);
    zone('lone', `${soa}www A 127.0.0.81\n`);
    internet.load(openWorkspace(folder).read());
    expect(internet.faults()).toEqual([]);
    expect(await addresses('www.mine.test.')).toEqual(['127.0.0.80']);
    expect((await ask('www.mine.test.')).ad).toBe(true);
    expect(await addresses('www.lone.')).toEqual(['127.0.0.81']);
    expect((await ask('nothing.lone.')).rcode).toBe(3);
  });

  test('take the place of the lab’s own of the same name, with the same keys', async () => {
    const before = internet.anchors();
    zone('Example.TEST', `${soa}www A 127.0.0.82\n`);
    internet.load(openWorkspace(folder).read());
    expect(await addresses('www.example.test.')).toEqual(['127.0.0.82']);
    expect((await ask('www.example.test.')).ad).toBe(true);
    expect((await ask('mail.example.test.')).rcode).toBe(3);
    expect(internet.anchors()).toEqual(before);
  });

  test('stay as they were when a mistake is written into them, and are gone with their file', async () => {
    const workspace = openWorkspace(folder);
    zone('mine.test', `${soa}www A 127.0.0.80\n`);
    internet.load(workspace.read());
    zone('mine.test', `${soa}www A 127.0.0.81\nbad A 127.0.0\n`);
    internet.load(workspace.read());
    expect(internet.faults()).toMatchObject([{origin: 'mine.test.', line: 4}]);
    expect(await addresses('www.mine.test.')).toEqual(['127.0.0.80']);
    zone('mine.test', 'www A 127.0.0.81\n');
    internet.load(workspace.read());
    expect(internet.faults()).toMatchObject([{line: 0, says: 'The zone has no SOA record at mine.test.'}]);
    rmSync(join(folder, 'zones', 'mine.test.zone'));
    internet.load(workspace.read());
    expect([internet.faults(), (await ask('www.mine.test.')).rcode]).toEqual([[], 3]);
  });

  test('are named after their file, and a name that is none is told', () => {
    zone('a..b', soa);
    const {faults, zones} = openWorkspace(folder).read();
    expect(zones).toEqual([]);
    expect(faults).toMatchObject([{origin: 'a..b.zone', line: 0}]);
  });

  test('a folder that is not there adds nothing', () => {
    expect(openWorkspace(join(folder, 'nowhere')).read()).toEqual({zones: [], hosts: [], faults: []});
  });
});

describe('the hosts file of a workspace', () => {
  test('goes before the zones, both ways', async () => {
    writeFileSync(join(folder, 'hosts'), '127.0.0.9 box.test Box2\n::9 box.test # six\n');
    internet.load(openWorkspace(folder).read());
    expect(await addresses('box.test.')).toEqual(['127.0.0.9']);
    expect(await addresses('BOX2.')).toEqual(['127.0.0.9']);
    expect((await ask('box.test.', 'AAAA')).answers).toMatchObject([{data: new Uint8Array(16).with(15, 9)}]);
    expect((await ask('box2.', 'AAAA')).answers).toEqual([]);
    expect((await ask('9.0.0.127.in-addr.arpa.', 'PTR')).answers).toHaveLength(1);
    internet.load({zones: [], hosts: [], faults: []});
    expect((await ask('box.test.')).rcode).toBe(3);
  });

  test('tells the lines that make no sense', () => {
    const text = '# nothing\n127.0.0.1 good\n127.0.0 bad\n127.0.0.2\n127.0.0.3 a..b\n';
    const {entries, faults} = readHosts(text);
    expect(entries).toEqual([{address: '127.0.0.1', names: ['good.']}]);
    expect(faults.map(({line}) => line)).toEqual([3, 4, 5]);
  });
});
