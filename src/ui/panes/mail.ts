import type {MailEvent} from '../../chapters/names/mail-events.ts';
import type {MailExchanger, MailState} from '../../chapters/names/mail-state.ts';
import {codePart} from '../parts/code.ts';
import {hexPart} from '../parts/hex-grid.ts';
import {lineText, paintLine} from '../parts/line.ts';
import {listPart} from '../parts/list.ts';
import {growingOrder} from '../parts/order.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import {wrapWords} from '../parts/text.ts';
import type {Role} from '../theme.ts';
import type {Line, PaneModel, Part, PartModel, View} from '../view.ts';
import {mailFields} from './mail/fields.ts';
import {outcomeRoles, talkRow, verdictRole} from './mail/rows.ts';
import {exchangerSources, talkSays} from './mail/says.ts';

type Model = PaneModel<MailState>;

const eventAt = (seq: number, {journal}: Model) => journal.get(seq) as MailEvent | undefined;

/** The event that is selected in the conversation, or the last one. */
function shown(model: Model): MailEvent | undefined {
  const {talk} = model.state;
  return eventAt((model as Partial<PartModel<MailState>>).cursors?.['talk'] ?? talk.at(-1) ?? -1, model);
}

const exchangers = listPart<MailState>({
  id: 'exchangers',
  title: ({state}) => `Exchangers, in the order they are tried: ${state.exchangers.length}`,
  range: ({state}) => ({first: 0, end: state.exchangers.length}),
  row(item, {state}) {
    const one = state.exchangers[item];
    if (one === undefined) return [];
    const [word, role] = markOf(one, state);
    const where = one.addresses.length === 0 ? 'no address' : one.addresses.join(' ');
    // The word stands before what may be cut off.
    const marked = state.exchangers.some(other => markOf(other, state)[0] !== '');
    return [
      `${item + 1}  `,
      [marked ? `${word.padEnd(11)}  ` : '', role],
      [String(one.preference).padStart(5), 'dim'],
      '  ',
      [one.name, 'server'],
      `  ${where}`,
      [one.says === '' ? '' : `  ${one.says}`, 'warn'],
    ];
  },
  empty({state, status, problem}) {
    if (state.verdict !== undefined) return state.verdict.says;
    return problem?.says ?? (status === 'running' ? 'The name server is asked.' : 'Nobody takes mail there.');
  },
  explain(model) {
    const one = model.state.exchangers[model.cursor];
    if (one === undefined) return undefined;
    const notes = [exchangerSources[one.source](one.preference), one.says, one.outcomeSays].filter(Boolean);
    return {title: one.name, says: notes.map(note => `${note}.`).join(' '), source: 'RFC 5321 §5.1'};
  },
});

function markOf({outcome, index}: MailExchanger, {open}: MailState): readonly [string, Role] {
  if (open?.exchanger === index) return ['speaking', 'accent'];
  if (outcome === undefined) return ['', 'dim'];
  return outcome === 'trying' ? ['trying', 'accent'] : [outcome, outcomeRoles[outcome]];
}

const talk = listPart<MailState>({
  id: 'talk',
  title: ({state: {open}}) =>
    open === undefined ? 'Look-ups and conversation' : `Conversation with ${open.name}${open.secure ? ', TLS' : ''}`,
  follows: true,
  range: ({state: {talk}}) => ({first: talk[0] ?? 0, end: (talk.at(-1) ?? -1) + 1}),
  order(model) {
    const {filter, state} = model;
    const passes = (seq: number) => {
      const [event, shown] = [model.journal.get(seq), eventAt(seq, model)];
      return event !== undefined && filter?.(event, shown === undefined ? '' : lineText(talkRow(shown, true))) === true;
    };
    const rows = filter === undefined ? state.talk : state.talk.filter(passes);
    return growingOrder({length: rows.length, at: place => rows[place] ?? 0});
  },
  row(item, model) {
    const event = eventAt(item, model);
    return event === undefined
      ? [['gone: it made room for newer ones', 'dim']]
      : talkRow(event, model.size.width >= 76);
  },
  empty: ({problem}) => problem?.says ?? 'Nothing was asked yet.',
  explain(model) {
    const event = eventAt(model.cursor, model);
    if (event === undefined) return undefined;
    const {title, says, source} = talkSays(event);
    return {title, says: says.map(sentence => `${sentence}.`).join(' '), source};
  },
  copies(model) {
    const event = eventAt(model.cursor, model);
    if (event === undefined) return [];
    const rows = model.state.talk.flatMap(seq => {
      const one = eventAt(seq, model);
      return one === undefined ? [] : [lineText(talkRow(one, false))];
    });
    const text = 'text' in event ? [{label: 'the line', text: event.text}] : [];
    return [
      ...text,
      {label: 'the row', text: lineText(talkRow(event, false))},
      {label: 'everything', text: rows.join('\n')},
    ];
  },
});

/** The selected row in full. */
const said: Part<MailState> = {
  id: 'said',
  title(model) {
    const event = shown(model);
    return event === undefined ? 'In full' : `In full: ${talkSays(event).source}`;
  },
  paint(surface, model) {
    const event = shown(model);
    if (event === undefined) return;
    const {says} = talkSays(event);
    const rows = says.flatMap(sentence => wrapWords(sentence, Math.max(8, surface.width - 2)));
    for (const [y, row] of rows.slice(0, surface.height).entries()) paintLine(surface, y, [row], model.theme, {x: 1});
  },
};

const fieldsFor = mailFields();

const bytes = hexPart<MailState>({
  id: 'bytes',
  title(model) {
    const event = withBytes(model);
    if (event === undefined) return 'Bytes';
    const length = event.bytes?.length ?? 0;
    return `Bytes: ${whats[event.kind] ?? 'the line'}, ${length} B${event.seq === shown(model)?.seq ? '' : ', the last before'}`;
  },
  bytes(model) {
    const event = withBytes(model);
    const all = (event && model.journal.bytesOf(event)) ?? none;
    return {length: all.length, at: (start, end) => all.subarray(start, end)};
  },
  fields(model) {
    const event = withBytes(model);
    const all = event && model.journal.bytesOf(event);
    return event === undefined || all === undefined ? [] : fieldsFor(model.ask, event, all);
  },
  empty: () => 'No row before this one has any.',
});

/** The selected event; when it has no bytes, the last one before it that has some. */
function withBytes(model: Model): MailEvent | undefined {
  const {talk} = model.state;
  const selected = shown(model)?.seq ?? -1;
  for (let index = talk.findLastIndex(seq => seq <= selected); index >= 0; index--) {
    const event = eventAt(talk[index]!, model);
    if (event === undefined || (event.bytes?.length ?? 0) > 0) return event;
  }
  return undefined;
}

const none = new Uint8Array(0);

const whats: Readonly<Partial<Record<MailEvent['kind'], string>>> = {
  query: 'the answer of the name server',
  message: 'the message, before dots are doubled',
  content: 'the message as it went out',
  secured: 'the certificate',
  kept: 'what lies in the mailbox',
  raw: 'as they were typed',
};

function heading({state, ask, status}: Model): Line {
  const {verdict, open} = state;
  const end: Line =
    open !== undefined
      ? [['speaking', 'accent'], ` with ${open.name}`]
      : verdict === undefined
        ? [[status === 'running' ? 'looking up' : '', 'accent']]
        : [
            [verdict.kind, verdictRole(verdict.kind)],
            [`  ${verdict.says}`, 'dim'],
          ];
  return [' ', [String(ask['to'] ?? ''), 'strong'], '  ', ...end];
}

/** What would be said, while nothing was. */
const would = listPart<MailState>({
  id: 'would',
  title: () => 'Would be said; p probes, s sends',
  range: ({state}) => ({first: 0, end: state.plan.length}),
  row: (item, {state}) => [['> ', 'client'], state.plan[item] ?? ''],
  empty: () => 'There is no plan.',
});

export const mailView: View<MailState> = {
  first: 'talk',
  parts: [exchangers, talk, would, said, bytes, codePart()],
  layout(size, {state}) {
    const list: Wish = {part: 'exchangers', atLeast: Math.min(7, Math.max(2, state.exchangers.length + 1)), rank: 7};
    const rows: Wish = {part: 'talk', atLeast: 5, share: 4, rank: 9};
    const full: Wish = {part: 'said', atLeast: size.width < 60 ? 5 : 4, rank: 6};
    const raw: Wish = {part: 'bytes', atLeast: 4, share: 1, rank: 3};
    const code: Wish = {part: 'code', atLeast: 6, share: 2, rank: 1};
    const planned = state.verdict?.kind === 'planned' && state.open === undefined;
    const plan: Wish[] = planned ? [{part: 'would', atLeast: Math.min(10, state.plan.length + 1), rank: 8}] : [];
    if (size.width < 150) return stack([list, rows, ...plan, full, raw], size);
    return columns([list, rows, ...plan], [full, raw, code], size, {wideFrom: 150, leftShare: 0.6});
  },
  heading,
};
