import type {TextLine} from '../contract.ts';
import {tabbed} from './tabbed.ts';
import type {TraceEvent} from './trace-events.ts';
import type {TraceAsk} from './trace-fields.ts';

/** The trace as text: a zone, indented below it each server and what it said, and what is wrong with them. */
export function traceLine(event: TraceEvent, _bytes: Uint8Array | undefined, ask: TraceAsk): TextLine {
  switch (event.kind) {
    case 'zone':
      return zoneLine(event);
    case 'asked':
      return event.why === 'trace' ? askedLine(event) : undefined;
    case 'finding':
      return `    ${event.severity === 'wrong' ? '!!' : '! '} ${event.says}`;
    case 'alias':
      return `${event.from}  is an alias of  ${event.to}  (${event.by})`;
    case 'answer':
      return tabbed(answerLines(event));
    case 'link':
      return linkLine(event);
    case 'verdict':
      return `${event.verdict}: ${event.reason}${event.extendedError === undefined ? '' : ` (${event.extendedError})`}`;
    case 'ended':
      return {
        aside: `${ask.name}: ${event.says}; ${event.queries} ${event.queries === 1 ? 'query' : 'queries'}, ${(event.seconds * 1000).toFixed(0)} ms`,
      };
  }
}

type Of<Kind extends TraceEvent['kind']> = Extract<TraceEvent, {readonly kind: Kind}>;

function zoneLine({zone, by, servers, signed}: Of<'zone'>): string {
  const ds = signed === undefined ? '' : signed ? ', DS: signed' : ', no DS';
  const heads = servers.map(({name, addresses, source}) =>
    addresses.length === 0 ? `      ${name}  no address` : `      ${name}  ${addresses.join(', ')} (${source})`,
  );
  return [`${zone}  ${by}, ${servers.length} ${servers.length === 1 ? 'server' : 'servers'}${ds}`, ...heads].join('\n');
}

function askedLine({server, address, outcome, says, rcode, aa, seconds}: Of<'asked'>): string {
  const marks = [rcode, aa === true ? 'aa' : ''].filter(Boolean).join(' ');
  const time = `${(seconds * 1000).toFixed(1)} ms`;
  return `    ${server} ${address}  ${outcome}: ${says}${marks === '' ? '' : `  [${marks}]`}  ${time}`;
}

function answerLines({outcome, rcode, says, records, denial}: Of<'answer'>): readonly string[] {
  const head = outcome === 'answer' ? [] : [`;; ${outcome} (${rcode}): ${says}`];
  return [...head, ...records, ...denial];
}

function linkLine({zone, what, verdict, reason, algorithm, expiration}: Of<'link'>): string {
  const until = expiration === undefined || verdict !== 'secure' ? '' : `, ${algorithm ?? ''}, until ${expiration}`;
  return `  ${verdict.padEnd(13)} ${zone}  ${what}: ${reason}${until}`;
}
