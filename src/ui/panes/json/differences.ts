import type {EncodingEvent, JsonState} from '../../../chapters/data/json-shape.ts';
import {differenceText, outcomeText} from '../../../chapters/data/json-text.ts';
import {listPart} from '../../parts/list.ts';
import type {Explanation, Line, Part, PartModel} from '../../view.ts';
import {selectedOf} from './encodings.ts';

/**
 * What the selected encoding loses, and below it what stands around it in a stream. Which one is selected is known when
 * it is painted, so the range is that of the longest list; the order is exact.
 */
export const differencesPart: Part<JsonState> = listPart<JsonState>({
  id: 'differences',
  title: () => 'What came back',
  range: ({state}) => ({first: 0, end: Math.max(0, ...state.encodings.map(event => rowsOf(event).length))}),
  order(model) {
    const length = rowsNow(model).length;
    return {length, at: place => place, placeOf: item => Math.max(0, Math.min(length - 1, item))};
  },
  row: (item, model) => rowsNow(model)[item]?.line ?? [],
  empty: () => 'No value yet.',
  explain: model => rowsNow(model)[model.cursor]?.explain,
});

interface Row {
  readonly line: Line;
  readonly explain: Explanation;
}

const known = new WeakMap<EncodingEvent, readonly Row[]>();

function rowsNow(model: PartModel<JsonState>): readonly Row[] {
  const event = selectedOf(model)?.event;
  return event === undefined ? [] : rowsOf(event);
}

function rowsOf(event: EncodingEvent): readonly Row[] {
  let rows = known.get(event);
  if (rows === undefined) {
    rows = made(event);
    known.set(event, rows);
  }
  return rows;
}

function made(event: EncodingEvent): Row[] {
  const {refused, back, text, format, frame, differences, name} = event;
  const rows: Row[] = [];
  if (refused !== undefined) rows.push(row([[outcomeText(event), 'bad']], refused.class, outcomeText(event)));
  if (back !== undefined)
    rows.push(
      row(
        [
          [name === 'javascript' ? 'JSON.parse gives ' : 'back ', 'dim'],
          [back, 'strong'],
        ],
        'What came back',
        back,
      ),
    );
  for (const one of differences) {
    const said = differenceText(one);
    rows.push(row([[said, 'warn']], 'A difference', `${said}. ${one.why}`));
    rows.push(row(['  ', [one.why, 'dim']], 'Why', one.why));
  }
  if (text !== undefined) rows.push(row([['text ', 'dim'], text], 'The text', text));
  if (format !== undefined)
    rows.push(row([['format ', 'dim'], format], 'The format', `It was chosen by the types: ${format}`));
  rows.push(row([['framing ', 'dim'], frame], 'In a stream', frame));
  return rows;
}

function row(line: Line, title: string, says: string): Row {
  return {line, explain: {title, says}};
}
