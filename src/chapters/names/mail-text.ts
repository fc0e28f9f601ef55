import {visible} from '../../wire/text/visible.ts';
import type {TextLine} from '../contract.ts';
import type {MailEvent} from './mail-events.ts';

/** What a person reads: look-ups, exchangers, and the conversation with `<` before what came and `>` before what was sent. */
export function mailLine(event: MailEvent, bytes: Uint8Array | undefined): TextLine {
  switch (event.kind) {
    case 'query': {
      const secure = event.authentic ? ', verified' : '';
      return `${event.name} ${event.type}: ${event.says}  (${event.server}, ${milliseconds(event.seconds)}${secure})`;
    }
    case 'exchanger':
      return `  ${String(event.preference).padStart(5)}  ${event.name}  ${event.addresses.join(' ')}${event.says && `  ${event.says}`}`;
    case 'message':
      return `message: ${event.size} bytes, ${event.encoding}. ${event.why}`;
    case 'plan':
      return ['would say, with --send:', ...event.lines.map(line => `    > ${line}`)].join('\n');
    case 'trying': {
      const where = event.at === event.address ? event.at : `${event.address}, which is ${event.at} here`;
      return `\n${event.name} at ${where}${event.secure ? '' : ', without TLS'}`;
    }
    case 'line':
      return talkLine(event);
    case 'content':
      return contentLines(event, bytes);
    case 'raw':
      return `  > ${event.size} bytes: ${visible(bytes?.subarray(0, 100) ?? '')}`;
    case 'secured':
      return `  = ${event.protocol} ${event.cipher}, ${event.subject}, until ${event.notAfter}. ${event.says}`;
    case 'closed':
      return event.by === 'client' ? undefined : `  = ${event.says}`;
    case 'outcome':
      return `  = ${event.result}: ${event.says}`;
    case 'kept': {
      const same = event.identical ? 'byte for byte what was sent' : 'not what was sent';
      return `in the mailbox as ${event.id}: below ${event.trace} bytes of trace header, ${same}`;
    }
    case 'notice':
      return `  = ${event.says}`;
    case 'verdict':
      return `\n${event.result}: ${event.says}`;
    default:
      return undefined;
  }
}

function talkLine({from, text, secure, means, fault}: Extract<MailEvent, {kind: 'line'}>): string {
  const arrow = from === 'client' ? '>' : '<';
  return `  ${secure ? '*' : ' '}${arrow} ${text.padEnd(44)}  ${fault ?? means}`;
}

/** The message as it went out, its first lines: enough to see the header and the dots. */
function contentLines(
  {size, dots, lines}: Extract<MailEvent, {kind: 'content'}>,
  bytes: Uint8Array = new Uint8Array(0),
): string {
  const shown = visible(bytes.subarray(0, 2000), {lines: true})
    .split('\n')
    .slice(0, 24)
    .map(line => `   > ${line.replace(/\\r$/, '')}`);
  const doubled = dots === 0 ? '' : `, a dot put before ${dots}`;
  const more = lines > 24 ? ['   > …'] : [];
  return [...shown, ...more, `   = ${size} bytes, ${lines} lines${doubled}, and the dot that ends them`].join('\n');
}

const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(1)} ms`;
