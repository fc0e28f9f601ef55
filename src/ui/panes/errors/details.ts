import type {ErrorStatus, ErrorsState} from '../../../chapters/data/errors.ts';
import {errorCase, errorIds, notProvoked} from '../../../chapters/data/errors-cases.ts';
import {type ErrorCase, type Group, type HappenedFields, outcomeWords} from '../../../chapters/data/errors-shape.ts';
import {wrapWords} from '../../parts/text.ts';
import type {Role} from '../../theme.ts';
import type {Line, PaneModel} from '../../view.ts';

/** What is known of the selected error: as it happened, or as it will. */
export function detailLines(id: string, model: PaneModel<ErrorsState>, cells: number): readonly Line[] {
  if (!errorIds.includes(id as never)) {
    const why = notProvoked.find(({name}) => name === id)?.why ?? '';
    return [...prose('Not made to happen here.', cells, 'warn'), ...prose(why, cells)];
  }
  const one = errorCase(id);
  const status = model.state.errors[id];
  const happened = status?.happened;
  return [
    ...standing(one, status, cells),
    ...(happened === undefined ? expected(one, cells) : came(happened, one.group, cells)),
    ...prose(happened?.means ?? one.means, cells),
    ...prose(happened?.next ?? one.next, cells, 'accent'),
    ...(happened?.note === undefined ? [] : prose(happened.note, cells, 'dim')),
    ...onTheWay(status, model),
  ];
}

function standing(one: ErrorCase, status: ErrorStatus | undefined, cells: number): readonly Line[] {
  if (status === undefined)
    return [
      [
        [one.title, 'strong'],
        ['  Enter or p makes it happen', 'dim'],
      ],
    ];
  if (status.status === 'under way') return [[['Under way …', 'warn']]];
  if (status.status === 'missing') return prose(`Not to be had here: ${status.why ?? ''}`, cells, 'warn');
  const words = status.outcome === 'error' ? 'It happened' : `It ended with ${outcomeWords[status.outcome]}`;
  return status.status === 'happened'
    ? [[[`${words}.`, 'good']]]
    : prose('It ended otherwise than it was to:', cells, 'bad');
}

function expected({group, symbol, number, python, node}: ErrorCase, cells: number): readonly Line[] {
  const errno = symbol === '' ? 'none: no call fails' : `${symbol}${number === undefined ? '' : ` ${number}`}`;
  return [
    row(labels[group], errno),
    row('Python', `${python.class}: ${python.text}`, 'field2'),
    ...('why' in node ? noNode(node.why, cells) : [row('Node', `${node.code}: ${node.message}`, 'field3')]),
  ];
}

function came(
  {call, symbol, number, python, node, way, seconds, expected: wanted}: HappenedFields,
  group: Group,
  cells: number,
): readonly Line[] {
  const name = symbol === '' ? 'none' : `${symbol}${number === undefined ? '' : ` ${number}`}`;
  const took = seconds < 0.05 ? '' : `, after ${seconds.toFixed(2)} s`;
  return [
    row('call', call, 'call'),
    row(labels[group], `${name}  by ${way}${took}`, wanted ? 'plain' : 'bad'),
    ...(python === undefined ? [] : [row('Python', `${python.class}: ${python.text}`, 'field2')]),
    ...(node === undefined
      ? []
      : node.why === undefined
        ? [row('Node', `${node.code}${node.message === undefined ? '' : `: ${node.message}`}`, 'field3')]
        : noNode(node.why, cells)),
  ];
}

/** The calls that led there, from the journal: they may be gone when it is full. */
function onTheWay(status: ErrorStatus | undefined, {journal}: PaneModel<ErrorsState>): readonly Line[] {
  if (status === undefined) return [];
  const lines: Line[] = [];
  for (let seq = Math.max(status.from, journal.first); seq < Math.min(status.to, journal.end); seq++) {
    const event = journal.get(seq);
    if (event?.kind !== 'call') continue;
    const {text, result, errno, decisive} = event as unknown as Call;
    const told = `${text} = ${result}${errno === undefined ? '' : ` ${errno}`}`;
    lines.push([
      [decisive ? '! ' : '  ', 'bad'],
      [told, decisive ? 'call' : 'dim'],
    ]);
  }
  return lines.length < 2 ? [] : [[['All calls:', 'dim']], ...lines];
}

interface Call {
  readonly text: string;
  readonly result: number;
  readonly errno?: string;
  readonly decisive: boolean;
}

/** What the name of an error is a name of. */
const labels: Readonly<Record<Group, string>> = {
  names: 'code',
  connecting: 'errno',
  bytes: 'errno',
  tls: 'reason',
  own: 'raised',
};

/** Why Node does not show the error: a sentence, so it may take several rows. */
function noNode(why: string, cells: number): readonly Line[] {
  return wrapWords(why, Math.max(10, cells - 8)).map((text, index) => row(index === 0 ? 'Node' : '', text));
}

function row(label: string, text: string, role: Role = 'plain'): Line {
  return [
    [label.padEnd(8), 'dim'],
    [text, role],
  ];
}

function prose(sentence: string, cells: number, role: Role = 'plain'): readonly Line[] {
  return wrapWords(sentence, Math.max(10, cells)).map(text => [[text, role]]);
}
