import {ProblemError} from '../../journal/problem.ts';
import {sameName} from '../../wire/dns/name.ts';
import {types} from '../../wire/dns/numbers.ts';
import {compareSerials, serialOf} from '../../wire/dns/serial.ts';
import type {ResourceRecord} from '../../wire/dns/types.ts';
import type {TransferAsk} from './transfer.ts';

export interface TransferEnd {
  /** The whole zone, differences, or nothing because the asker has the newest. */
  readonly style: 'whole' | 'differences' | 'up to date';
  /** Of the zone now. */
  readonly serial: number;
  /** Each from one serial to the next, oldest first. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly removed: readonly ResourceRecord[];
  readonly added: readonly ResourceRecord[];
}

type Phase = 'nothing' | 'first SOA' | 'whole' | 'removed' | 'added';

/** Follows the records of a transfer to its end, which only they tell (RFC 5936 §2.2, RFC 1995 §4). */
export class TransferTrack {
  readonly #ask: TransferAsk;
  readonly #differences: {from: number; to: number; removed: ResourceRecord[]; added: ResourceRecord[]}[] = [];
  #phase: Phase = 'nothing';
  #serial = 0;
  #records = 0;

  constructor(ask: TransferAsk) {
    this.#ask = ask;
  }

  /** How far it is, in words: for a transfer that breaks off. */
  get said(): string {
    return this.#records === 0 ? 'before the first record' : `after ${this.#records} records`;
  }

  /** Takes the records of one message; the end, when this was it. */
  take(records: readonly ResourceRecord[]): TransferEnd | undefined {
    for (const [index, record] of records.entries()) {
      this.#records++;
      if (!this.#step(record)) continue;
      if (index < records.length - 1) throw afterEnd(this.#ask.zone);
      return this.#end(this.#phase === 'whole' ? 'whole' : 'differences');
    }
    // A single SOA says that there is nothing newer (RFC 1995 §2); more of it would be in the same message.
    if (
      this.#phase === 'first SOA' &&
      this.#ask.type === 'IXFR' &&
      compareSerials(this.#serial, this.#ask.serial ?? 0) <= 0
    )
      return this.#end('up to date');
    return undefined;
  }

  /** True with the record that ends it. */
  #step(record: ResourceRecord): boolean {
    const isSoa = record.type === types.SOA && sameName(record.name, this.#ask.zone);
    switch (this.#phase) {
      case 'nothing':
        if (!isSoa) throw noSoa(this.#ask.zone);
        this.#serial = serialIn(record);
        this.#phase = 'first SOA';
        return false;
      case 'first SOA':
        // A second SOA with another serial begins differences; anything else is the zone itself (RFC 1995 §4).
        if (isSoa && this.#ask.type === 'IXFR' && serialIn(record) !== this.#serial) return this.#begin(record);
        this.#phase = 'whole';
        return isSoa;
      case 'whole':
        return isSoa;
      case 'removed':
        if (!isSoa) this.#differences.at(-1)!.removed.push(record);
        else {
          this.#differences.at(-1)!.to = serialIn(record);
          this.#phase = 'added';
        }
        return false;
      case 'added':
        if (!isSoa) this.#differences.at(-1)!.added.push(record);
        else if (serialIn(record) === this.#serial) return true;
        else return this.#begin(record);
        return false;
    }
  }

  #begin(soa: ResourceRecord): boolean {
    this.#differences.push({from: serialIn(soa), to: 0, removed: [], added: []});
    this.#phase = 'removed';
    return false;
  }

  #end(style: TransferEnd['style']): TransferEnd {
    return {style, serial: this.#serial, differences: this.#differences};
  }
}

function serialIn(soa: ResourceRecord): number {
  const serial = serialOf(soa);
  if (serial === undefined) throw noSoa(soa.name);
  return serial;
}

function noSoa(zone: string): ProblemError {
  const says = `The transfer of ${zone} does not begin with its SOA record`;
  return new ProblemError({code: 'dns.transfer.soa', says, next: 'Check the name of the zone, or ask another server.'});
}

function afterEnd(zone: string): ProblemError {
  const says = `Records follow the SOA that ends the transfer of ${zone}`;
  return new ProblemError({code: 'dns.transfer.after', says, next: 'Ask another server.'});
}
