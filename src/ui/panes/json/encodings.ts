import {type EncodingEvent, encodingTitles, type JsonState} from '../../../chapters/data/json-shape.ts';
import {framingText, outcomeText} from '../../../chapters/data/json-text.ts';
import {tablePart} from '../../parts/table.ts';
import type {Explanation, Line, PaneModel, Part, PartModel} from '../../view.ts';

/** The encoding that the cursor of the table stands on. */
export interface Selected {
  readonly event: EncodingEvent;
  readonly title: string;
  readonly bytes: Uint8Array | undefined;
}

/** The encodings below each other: how long each is, whether it frames itself, and what comes back. */
export const encodingsPart: Part<JsonState> = tablePart<JsonState>({
  id: 'encodings',
  title: ({state}) => (state.unread === undefined ? 'The same value in' : 'The value before the mistake, in'),
  items: ({state}) => itemsOf(state),
  empty: () => 'No value yet.',
  columns: [
    {id: 'name', head: 'encoding', width: 11, rank: 9, cell: (item, model) => cell(item, model, nameCell)},
    {
      id: 'size',
      head: 'bytes',
      width: 6,
      align: 'right',
      rank: 8,
      cell: (item, model) => cell(item, model, ({size}) => (size === undefined ? [] : [`${size}`])),
      key: (item, model) => model.state.encodings[item]?.size ?? Number.POSITIVE_INFINITY,
    },
    {
      id: 'framing',
      head: 'in a stream',
      width: 13,
      rank: 5,
      cell: (item, model) => cell(item, model, event => [[framingText(event), 'dim']]),
    },
    {
      id: 'back',
      head: 'and back',
      width: 10,
      grow: 1,
      rank: 7,
      cell: (item, model) => cell(item, model, outcomeCell),
    },
  ],
  explain: model => explainEncoding(model.state.encodings[model.cursor]),
});

const selections = new WeakMap<EncodingEvent, Selected>();

/** What is selected; the bytes are fetched once. Without the table's cursor, the first. */
export function selectedOf(model: PaneModel<JsonState> | PartModel<JsonState>): Selected | undefined {
  const cursor = 'cursors' in model ? (model.cursors['encodings'] ?? 0) : 0;
  const event = model.state.encodings[cursor];
  if (event === undefined) return undefined;
  let selected = selections.get(event);
  if (selected === undefined) {
    selected = {event, title: encodingTitles[event.name], bytes: model.journal.bytesOf(event)};
    selections.set(event, selected);
  }
  return selected;
}

/** What an encoding is, how it is framed and what came back. */
export function explainEncoding(event: EncodingEvent | undefined): Explanation | undefined {
  if (event === undefined) return undefined;
  const {name, frame, text, back} = event;
  const written = text === undefined ? '' : ` The text: ${text}`;
  const came = back === undefined ? '' : ` What came back: ${back}`;
  return {
    title: encodingTitles[name],
    says: `${about[name]} ${frame} ${outcomeText(event)}.${written}${came}`,
    source: sources[name],
  };
}

const about: Readonly<Record<EncodingEvent['name'], string>> = {
  json: 'The text that json.dumps writes, and json.loads reads.',
  javascript: 'The same text as JSON.parse reads it: every number is a double, and NaN is a mistake.',
  pickle: 'Python’s own format keeps every type, and only Python reads it. Loading a pickle can run code.',
  msgpack: 'Like JSON in bytes: shorter, with bytes of its own, read in most languages.',
  struct: 'Values next to each other and nothing else: no names, no types, no lengths.',
};

const sources: Readonly<Record<EncodingEvent['name'], string>> = {
  json: 'RFC 8259; Python Library Reference, json',
  javascript: 'RFC 8259 §6; ECMA-262, JSON.parse',
  pickle: 'PEP 3154; Python Library Reference, pickle',
  msgpack: 'MessagePack specification',
  struct: 'Python Library Reference, struct',
};

const indexes = [0, 1, 2, 3, 4];
const counts = indexes.map(count => indexes.slice(0, count));

function itemsOf({encodings}: JsonState): readonly number[] {
  return counts[encodings.length] ?? indexes;
}

function nameCell({name}: EncodingEvent): Line {
  return [[encodingTitles[name], 'strong']];
}

function outcomeCell({refused, differences, back}: EncodingEvent): Line {
  if (refused !== undefined) {
    const {when, class: name, message} = refused;
    return [[when === 'writing' ? 'not written' : 'not read', 'bad'], `: ${name}: ${message}`];
  }
  const count = differences.length;
  if (count === 0) return [['equal', 'good']];
  return [[`${count} differ${count === 1 ? 's' : ''}`, 'warn'], `: ${back ?? ''}`];
}

function cell(item: number, {state}: PartModel<JsonState>, show: (event: EncodingEvent) => Line): Line {
  const event = state.encodings[item];
  return event === undefined ? [] : show(event);
}
