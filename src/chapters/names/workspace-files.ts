import {createPrivateKey, X509Certificate} from 'node:crypto';
import {constants} from 'node:fs';
import {access, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {ProblemError} from '../../journal/problem.ts';
import {openAuthority} from '../../lab/authority.ts';
import {readHosts} from '../../lab/hosts-file.ts';
import {types} from '../../wire/dns/numbers.ts';
import {parseZone} from '../../wire/dns/zone-file.ts';
import {counted} from '../../wire/text/counted.ts';
import type {Told} from './workspace-shape.ts';
import {exampleHosts, exampleServices, exampleZone, exampleZoneName} from './workspace-templates.ts';

/** The file that makes a directory a workspace. */
export const markerName = 'wirebook-workspace.json';

export interface Found {
  readonly says: string;
  readonly faults: readonly {readonly file: string; readonly line: number; readonly says: string}[];
}

/** A part of a workspace: how it is made, and how it is looked at. Paths are relative to the workspace. */
export interface WorkspacePart {
  readonly name: string;
  readonly purpose: string;
  make(path: string, workspace: string): Promise<void>;
  /** Rejects with ENOENT when it is not there. */
  look(path: string): Promise<Found>;
}

export const workspaceParts: readonly WorkspacePart[] = [
  {
    name: markerName,
    purpose: 'says that this is a workspace, and when it was made',
    make: (path, workspace) =>
      fresh(
        path,
        `${JSON.stringify({format: 1, name: basename(workspace), created: new Date().toISOString()}, undefined, 2)}\n`,
      ),
    look: async path => readJson(path, value => `made ${String(value['created'] ?? 'at an unknown time')}`),
  },
  {
    name: 'hosts',
    purpose: 'names that the lab’s name servers know besides their own, in the format of /etc/hosts',
    make: path => fresh(path, exampleHosts),
    async look(path) {
      const {entries, faults} = readHosts(await readFile(path, 'utf8'));
      return {says: counted(entries.length, 'line'), faults: faults.map(fault => ({file: 'hosts', ...fault}))};
    },
  },
  {
    name: 'zones',
    purpose: 'zones that the lab serves and signs: each file NAME.zone is the zone NAME',
    async make(path) {
      await mkdir(path, {recursive: true});
      await fresh(join(path, exampleZoneName), exampleZone);
    },
    look: lookAtZones,
  },
  {
    name: 'services',
    purpose: 'service names besides those of /etc/services, for names services',
    make: path => fresh(path, exampleServices),
    async look(path) {
      const lines = (await readFile(path, 'utf8')).split('\n').map(line => line.replace(/#.*/, '').trim());
      const wrong = lines.flatMap((line, index) => (line === '' || serviceLine.test(line) ? [] : [index + 1]));
      return {
        says: counted(lines.filter(Boolean).length - wrong.length, 'service'),
        faults: wrong.map(line => ({
          file: 'services',
          line,
          says: 'This is no service: write a name, then PORT/tcp or PORT/udp',
        })),
      };
    },
  },
  {
    name: 'ca',
    purpose: 'a certificate authority of its own, which signs for the lab’s TLS servers',
    async make(path) {
      openAuthority(path);
    },
    look: lookAtAuthority,
  },
  {
    name: 'config.json',
    purpose: 'settings of Wirebook while the workspace is active: see wirebook config',
    make: path => fresh(path, '{\n  "keys": {}\n}\n'),
    look: async path => readJson(path, value => counted(Object.keys(value).length, 'setting')),
  },
  {
    name: 'journals',
    purpose: 'where S saves journals while the workspace is active',
    make: async path => void (await mkdir(path, {recursive: true})),
    async look(path) {
      const saved = (await readdir(path)).filter(name => name.endsWith('.wirebook'));
      await access(path, constants.W_OK);
      return {says: counted(saved.length, 'journal'), faults: []};
    },
  },
];

const serviceLine = /^\S+\s+(6553[0-5]|655[0-2]\d|65[0-4]\d\d|6[0-4]\d{3}|[1-5]?\d{1,4})\/(tcp|udp|sctp|dccp)(\s|$)/;

/** Makes what is not there and leaves alone what is; then looks at all of it. */
export async function createWorkspace(path: string, tell: (part: Told<'part'>) => void): Promise<Found['faults']> {
  try {
    await mkdir(path, {recursive: true});
  } catch (error) {
    throw unusable(path, error);
  }
  const made = new Set<string>();
  for (const part of workspaceParts) {
    const at = join(path, part.name);
    if (await exists(at)) continue;
    try {
      await part.make(at, path);
    } catch (error) {
      throw unusable(at, error);
    }
    made.add(part.name);
  }
  return checkWorkspace(path, tell, made);
}

/** Looks at every part; gives the faults of all. */
export async function checkWorkspace(
  path: string,
  tell: (part: Told<'part'>) => void,
  made: ReadonlySet<string> = new Set(),
): Promise<Found['faults']> {
  const all: Found['faults'][number][] = [];
  for (const {name, purpose, look} of workspaceParts) {
    const at = join(path, name);
    const found = await look(at).catch((error: NodeJS.ErrnoException) => error);
    const missing = found instanceof Error && found.code === 'ENOENT';
    const faults = found instanceof Error ? [{file: name, line: 0, says: reasonOf(found)}] : found.faults;
    all.push(...faults);
    const status = missing ? 'missing' : faults.length > 0 ? 'faulty' : made.has(name) ? 'made' : 'good';
    const says = found instanceof Error ? reasonOf(found) : found.says;
    tell({
      name,
      path: at,
      status,
      purpose,
      says: faults.length > 0 && !missing ? `${says}; ${counted(faults.length, 'mistake')}` : says,
    });
  }
  return all;
}

export async function isWorkspace(path: string): Promise<boolean> {
  return exists(join(path, markerName));
}

async function lookAtZones(path: string): Promise<Found> {
  const files = (await readdir(path)).filter(name => name.endsWith('.zone')).toSorted();
  const faults: Found['faults'][number][] = [];
  let count = 0;
  for (const name of files) {
    const origin = `${name.slice(0, -'.zone'.length).toLowerCase()}.`;
    const read = parseZone(await readFile(join(path, name), 'utf8'), {origin, ttl: 3600});
    const file = `zones/${name}`;
    count += read.records.length;
    faults.push(...read.faults.map(fault => ({file, ...fault})));
    if (!read.records.some(({type}) => type === types.SOA))
      faults.push({file, line: 0, says: 'The zone has no SOA record, with which every zone begins'});
  }
  return {says: `${counted(files.length, 'zone')}, ${counted(count, 'record')}`, faults};
}

async function lookAtAuthority(path: string): Promise<Found> {
  const certificate = new X509Certificate(await readFile(join(path, 'authority.pem')));
  const key = createPrivateKey(await readFile(join(path, 'authority.key.pem')));
  const wrong = !certificate.checkPrivateKey(key)
    ? 'The key does not belong to the certificate'
    : !certificate.verify(certificate.publicKey)
      ? 'The certificate is not signed by itself'
      : certificate.validToDate.getTime() < Date.now()
        ? 'The certificate has expired'
        : undefined;
  return {
    says: `${certificate.subject.split('\n').at(-1) ?? ''}, until ${certificate.validToDate.toISOString().slice(0, 10)}`,
    faults: wrong === undefined ? [] : [{file: 'ca', line: 0, says: wrong}],
  };
}

async function readJson(path: string, describe: (value: Record<string, unknown>) => string): Promise<Found> {
  const file = basename(path);
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new SyntaxError('It is no JSON object');
    return {says: describe(value as Record<string, unknown>), faults: []};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {says: 'not understood', faults: [{file, line: 0, says: error.message.replace(/\.$/, '')}]};
  }
}

/** A file that is there is never written over. */
const fresh = (path: string, text: string) => writeFile(path, text, {flag: 'wx'});

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function reasonOf({code, message}: NodeJS.ErrnoException): string {
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'It is not there',
    EACCES: 'You may not read it',
    ENOTDIR: 'It is no directory',
    EISDIR: 'It is a directory',
  };
  return known[code ?? ''] ?? message.replace(/\.$/, '');
}

function unusable(path: string, error: unknown): ProblemError {
  const {code = 'unknown', message} = error as NodeJS.ErrnoException;
  const says =
    code === 'EEXIST' || code === 'ENOTDIR'
      ? `${path} is a file, and a workspace is a directory`
      : `${path} cannot be made: ${message}`;
  return new ProblemError(
    {code: 'workspace.unusable', says, errno: code, next: 'Name another directory.'},
    {cause: error},
  );
}
