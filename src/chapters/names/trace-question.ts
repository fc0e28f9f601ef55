import {isIP} from 'node:net';
import {reverseName} from '../../wire/dns/name.ts';
import {typeNumber} from '../../wire/dns/tables.ts';
import type {Question} from '../../wire/dns/types.ts';
import {understood} from './query-build.ts';
import {readName} from './query-read.ts';
import {readOneType, type TraceAsk} from './trace-fields.ts';

/** What is asked for; of an address, its name. */
export function questionOf(ask: TraceAsk): Question {
  const {name} = understood(readName(ask.name));
  const type = understood(readOneType(ask.type));
  if (isIP(name) === 0) return {name, type, class: 1};
  // An address is asked for its name, unless some other type was wanted of it.
  return {name: reverseName(name)!, type: type === typeNumber('A') ? typeNumber('PTR')! : type, class: 1};
}
