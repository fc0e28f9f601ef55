import {decodeAnswer} from '../../wire/whois/decode.ts';
import {define, type TextLine} from '../contract.ts';
import {whoisEquivalents} from './whois-equivalents.ts';
import {type WhoisAsk, type WhoisEvent, whoisEvents, whoisFields} from './whois-shape.ts';
import {reduceWhois, startWhoisState} from './whois-state.ts';

export const whoisExperiment = define({
  id: 'names.whois',
  title: 'Whois',
  teaches:
    'The simplest protocol there is: a line to port 43, and everything until the end of the file is the answer. Who knows more is named in it.',
  opens: 'with its form',
  positionals: ['query'],
  fields: whoisFields,
  events: whoisEvents,
  actions: {},
  // Loaded when it runs: a menu needs none of it.
  run: async (ask, kit) => (await import('./runs.ts')).runWhois(ask, kit),
  start: startWhoisState,
  reduce: reduceWhois,
  line: whoisLine,
  equivalents: whoisEquivalents,
});

/** The answers, laid out as Debian’s whois does; what is about the chain goes to standard error. */
function whoisLine(event: WhoisEvent, bytes: Uint8Array | undefined, ask: WhoisAsk): TextLine {
  const all = ask.print === 'all';
  switch (event.kind) {
    case 'answered':
      if (event.end !== 'end of file') return {aside: `${event.size} bytes, and then ${event.end}`};
      return all ? printed(bytes, ask) : undefined;
    case 'referral':
      if (event.fate === 'followed') return all ? `\n\nFound a referral to ${placeOf(event.target)}.\n` : undefined;
      return event.fate === 'left' ? undefined : {aside: `${event.by}: ${event.target}. ${event.says}`};
    case 'ended':
      return all ? undefined : printed(bytes, ask);
    default:
      return undefined;
  }
}

const placeOf = (target: string) => target.replace(/^whois:\/\//i, '').replace(/\/$/, '');

/** Bytes for a pipe; a terminal gets them made visible. Tabs would not be seen as what they are there. */
function printed(bytes: Uint8Array | undefined, ask: WhoisAsk): TextLine {
  if (bytes === undefined) return undefined;
  const {text} = decodeAnswer(bytes, ask.encoding);
  const lines = text.replaceAll('\r\n', '\n').split('\n').map(withSpaces);
  return new TextEncoder().encode(lines.join('\n').replace(/\n?$/, '\n'));
}

function withSpaces(line: string): string {
  return line.replace(/([^\t]*)\t/g, (_, before: string) => before + ' '.repeat(8 - (before.length % 8)));
}
