import {counted} from '../../wire/text/counted.ts';
import {type EncodingEvent, encodingTitles, type JsonEvent} from './json-shape.ts';

/** What a command prints for an event: a row for each encoding, and under it what is lost. */
export function jsonLine(event: JsonEvent): string | undefined {
  if (event.kind === 'value') return `${event.type}  ${event.repr}`;
  if (event.kind === 'unread') return undefined;
  const size = event.size === undefined ? '' : `${event.size} B`;
  const head = `${encodingTitles[event.name].padEnd(11)} ${size.padStart(7)}  ${outcomeText(event)}`;
  return [head, ...differenceRows(event).map(row => `    ${row}`)].join('\n');
}

/** How the round trip ended, in a few words. */
export function outcomeText({refused, differences, format}: EncodingEvent): string {
  if (refused !== undefined)
    return `${refused.when === 'writing' ? 'cannot be written' : 'cannot be read'}: ${refused.class}: ${refused.message}`;
  const with_ = format === undefined ? '' : ` with ${format}`;
  if (differences.length === 0) return `comes back equal${with_}`;
  return `${counted(differences.length, 'difference')}${with_}`;
}

/** `['at']: (52.5, 13.4) becomes [52.5, 13.4]`. */
export function differenceText({where, kind, was, now}: EncodingEvent['differences'][number]): string {
  const at = where === '' ? '' : `${where}: `;
  if (kind === 'key') return `${at}the key ${was} becomes ${now}`;
  return kind === 'lost' ? `${at}${was} is lost` : `${at}${was} becomes ${now}`;
}

const framings = {outside: 'needs a frame', itself: 'frames itself', fixed: 'fixed size'} as const;

/** Whether a stream of such bytes needs something around each. */
export function framingText({framing}: EncodingEvent): string {
  return framings[framing];
}

function differenceRows({differences}: EncodingEvent): string[] {
  return differences.map(difference => `${differenceText(difference)}. ${difference.why}`);
}
