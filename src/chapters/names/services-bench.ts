import {join} from 'node:path';
import type {Problem} from '../../journal/problem.ts';
import type {Actor} from '../../world/actors/actor.ts';
import {
  type FileEntry,
  findByName,
  findByNumber,
  parseProtocols,
  parseServices,
} from '../../world/libc/lookup/database-file.ts';
import type {CallRecord} from '../../world/libc/record.ts';
import type {Kit} from '../contract.ts';
import {type Key, protocolKey, readKeys, type ServicesAsk, type servicesEvents, type Table} from './services-shape.ts';

export type ServicesKit = Kit<typeof servicesEvents, 'ask', ServicesAsk>;

const paths: Readonly<Record<Table, string>> = {services: '/etc/services', protocols: '/etc/protocols'};

interface ReadFile {
  readonly path: string;
  readonly entries: readonly FileEntry[];
}

/** Both databases: asked through libc, which is a process of its own, and read from the files for the list. */
export class ServicesBench {
  readonly #kit: ServicesKit;
  readonly #files: Record<Table, ReadFile[]> = {services: [], protocols: []};
  #actor: Promise<Actor> | undefined;
  /** Why libc cannot be asked. */
  #without: string | undefined;

  constructor(kit: ServicesKit) {
    this.#kit = kit;
  }

  /** Reads the files; those of an active workspace come behind the machine’s. */
  async read(): Promise<void> {
    const {libc} = await this.#kit.world.capabilities();
    if (!libc.available) {
      this.#without = libc.why;
      this.#kit.emit('notice', {says: `libc cannot be asked, so the files are read instead: ${libc.why}`});
    }
    await this.#load('services', paths.services, true);
    await this.#load('protocols', paths.protocols, true);
    const workspace = process.env['WIREBOOK_WORKSPACE'];
    if (workspace !== undefined && workspace !== '') await this.#load('services', join(workspace, 'services'), false);
  }

  list(which: ServicesAsk['table']): void {
    for (const table of ['services', 'protocols'] as const) {
      if (which !== 'both' && which !== table) continue;
      for (const {path, entries} of this.#files[table])
        for (const {name, number, protocol, aliases, comment, line} of entries)
          this.#kit.emit('entry', {
            table,
            name,
            number,
            ...(protocol !== undefined && {protocol}),
            aliases,
            comment,
            file: path,
            line,
          });
    }
  }

  /** Everything that the fields ask for. Gives the problem of what was not found. */
  async answer({service, proto}: ServicesAsk): Promise<Problem | undefined> {
    const {keys} = readKeys(service);
    const missing: string[] = [];
    for (const key of keys) {
      const protocol = key.protocol ?? (proto.trim() === '' ? undefined : proto.trim());
      const says = await this.look('services', {...key, ...(protocol !== undefined && {protocol})});
      if (says !== undefined) missing.push(says);
    }
    if (keys.length === 0 && proto.trim() !== '') {
      const says = await this.look('protocols', protocolKey(proto));
      if (says !== undefined) missing.push(says);
    }
    if (missing.length === 0) return undefined;
    return {code: 'names.no-entry', says: missing.join('; '), next: 'wirebook names services lists what there is.'};
  }

  /** Looks one up and tells it. Gives the sentence that says what is not there. */
  async look(table: Table, key: Key): Promise<string | undefined> {
    const record = this.#without === undefined ? await this.#ask(table, key) : undefined;
    const entry = record?.entry;
    const told = {table, asked: key.asked};
    if (entry !== undefined) {
      this.#kit.emit('found', {...told, ...plain(entry), by: 'libc', call: record!.text, seconds: record!.seconds});
      return undefined;
    }
    const found = this.#inFiles(table, key, record !== undefined);
    if (found !== undefined) {
      this.#kit.emit('found', {
        ...told,
        ...plain(found.entry),
        by: found.path,
        call: `${found.path}:${found.entry.line}`,
        seconds: 0,
      });
      return undefined;
    }
    const says = absence(table, key);
    this.#kit.emit('missing', {
      ...told,
      says,
      call: record?.text ?? paths[table],
      result: record?.result ?? -1,
      ...(record?.errno !== undefined && {errno: record.errno}),
      seconds: record?.seconds ?? 0,
    });
    return says;
  }

  async close(): Promise<void> {
    await this.#actor?.then(
      actor => actor.stop(),
      () => undefined,
    );
  }

  async #ask(table: Table, {name, number, protocol}: Key): Promise<CallRecord> {
    this.#actor ??= this.#kit.world.actors.start({name: 'services'});
    const actor = await this.#actor;
    if (table === 'protocols')
      return name === undefined ? actor.call('getprotobynumber', [number ?? 0]) : actor.call('getprotobyname', [name]);
    const of = protocol ?? null;
    return name === undefined
      ? actor.call('getservbyport', [number ?? 0, of])
      : actor.call('getservbyname', [name, of]);
  }

  /** What libc does not know may be in the workspace; without libc every file counts. */
  #inFiles(table: Table, {name, number, protocol}: Key, libcWasAsked: boolean) {
    for (const {path, entries} of this.#files[table]) {
      if (libcWasAsked && path === paths[table]) continue;
      const entry =
        name === undefined ? findByNumber(entries, number ?? 0, protocol) : findByName(entries, name, protocol);
      if (entry !== undefined) return {path, entry};
    }
    return undefined;
  }

  async #load(table: Table, path: string, needed: boolean): Promise<void> {
    const file = await this.#kit.world.files.readWhole(path, {limit: 8 * 1024 * 1024, signal: this.#kit.signal});
    if (file.ok) {
      const text = new TextDecoder().decode(file.bytes);
      this.#files[table].push({path, entries: table === 'services' ? parseServices(text) : parseProtocols(text)});
    } else if (needed) this.#kit.emit('notice', {says: `${file.problem.says}, so there is no list of ${table}`});
  }
}

function plain({name, number, aliases, protocol}: NonNullable<CallRecord['entry']>) {
  return {name, number, aliases, ...(protocol !== undefined && {protocol})};
}

function absence(table: Table, {name, number, protocol}: Key): string {
  if (table === 'protocols')
    return name === undefined ? `No protocol has the number ${number}` : `No protocol is called “${name}”`;
  const of = protocol === undefined ? '' : ` over ${protocol}`;
  return name === undefined ? `No service has port ${number}${of}` : `No service is called “${name}”${of}`;
}
