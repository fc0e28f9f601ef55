import type {WhoisHop, WhoisState} from '../../chapters/names/whois-state.ts';
import {referralWords} from '../../wire/whois/referral.ts';
import {codePart} from '../parts/code.ts';
import {hexPart} from '../parts/hex-grid.ts';
import {listPart} from '../parts/list.ts';
import {quantity} from '../parts/quantity.ts';
import {columns, stack} from '../parts/stack.ts';
import type {Line, PaneModel, PartModel, View} from '../view.ts';
import {answerLines, answerOrder, lineBytes} from './whois/answer.ts';

type Model = PaneModel<WhoisState>;

/** The server that is selected; before there is one, the last that was asked. */
export function shownHop(model: Model): WhoisHop | undefined {
  const {hops} = model.state;
  return hops[(model as Partial<PartModel<WhoisState>>).cursors?.['hops'] ?? hops.length - 1] ?? hops.at(-1);
}

const marks = {
  asking: ['asking', 'accent'],
  reading: ['reading', 'accent'],
  answered: ['answered', 'good'],
  cut: ['cut off', 'warn'],
  failed: ['failed', 'bad'],
} as const;

const hops = listPart<WhoisState>({
  id: 'hops',
  title: ({state}) => `Servers asked: ${state.hops.length}`,
  follows: true,
  range: ({state}) => ({first: 0, end: state.hops.length}),
  row(item, {state}) {
    const hop = state.hops[item];
    if (hop === undefined) return [];
    const [word, role] = marks[hop.state];
    const size = hop.size === 0 ? '' : `  ${quantity(hop.size, 'B')} in ${quantity(hop.seconds, 's')}`;
    const same = hop.address.startsWith(hop.server) || hop.address.startsWith(`[${hop.server}]`);
    const where: Line = same
      ? [[hop.address, 'server']]
      : [
          [hop.server, 'server'],
          [` ${hop.address}`, 'dim'],
        ];
    const encoding = hop.encoding === 'latin-1' ? '  Latin-1' : '';
    return [`${item + 1} `, ...where, '  ', [word, role], `${size}${encoding}`, [`  ${hop.says}`, 'warn']];
  },
  empty: ({problem, status}) =>
    problem?.says ?? (status === 'running' ? 'The server’s name is looked up.' : 'Nobody was asked.'),
  explain(model) {
    const hop = model.state.hops[model.cursor];
    if (hop === undefined) return undefined;
    const next = hop.referrals.map(({by, target, line, says}) => `Line ${line}, ${by}: ${target}. ${says}.`);
    return {
      title: hop.server,
      says: [
        `It was asked because of this: ${hop.by}. The whole question was “${hop.question}” and CR LF.`,
        ...next,
      ].join(' '),
      source: 'RFC 3912 §2',
    };
  },
  copies(model) {
    const hop = model.state.hops[model.cursor];
    if (hop === undefined) return [];
    return [
      {label: 'the server', text: hop.address},
      {label: 'the answer', text: answerLines(model, hop).join('\n')},
      {label: 'the chain', text: model.state.hops.map(({server, address}) => `${server} ${address}`).join('\n')},
    ];
  },
});

/** What the selected server said. `/` shows the lines that have a word. */
const answer = listPart<WhoisState>({
  id: 'answer',
  title(model) {
    const hop = shownHop(model);
    if (hop === undefined) return 'Answer';
    return `Answer of ${hop.server}: ${hop.lines} lines${hop.encoding === '' ? '' : `, ${hop.encoding}`}`;
  },
  range: model => ({first: 0, end: answerLines(model, shownHop(model)).length}),
  order: answerOrder(shownHop),
  row(item, model) {
    const hop = shownHop(model);
    const line = answerLines(model, hop)[item] ?? '';
    const referral = hop?.referrals.find(one => one.line === item + 1);
    if (referral !== undefined)
      return [
        [line, referral.fate === 'followed' ? 'accent' : 'mark'],
        [`  (${fates[referral.fate]})`, 'dim'],
      ];
    if (/^\s*[%#]/.test(line)) return [[line, 'dim']];
    const [, name, rest] = /^(\s*[A-Za-z][^:]{0,40}:)(.*)$/.exec(line) ?? [];
    return name === undefined ? [line] : [[name, 'call'], rest ?? ''];
  },
  empty(model) {
    const hop = shownHop(model);
    if (hop === undefined) return 'No answer yet.';
    return hop.state === 'failed' ? hop.says : hop.state === 'answered' ? 'The answer is empty.' : 'No answer yet.';
  },
  explain(model) {
    const referral = shownHop(model)?.referrals.find(({line}) => line === model.cursor + 1);
    if (referral === undefined)
      return {
        title: 'A line of the answer',
        says: 'Whois says nothing about the form of an answer: it is text for people, and each server has its own. “name: value” is usual; lines that begin with % or # are remarks.',
        source: 'RFC 3912 §2',
      };
    const word = referral.by.toLowerCase() as keyof typeof referralWords;
    return {
      title: `A referral to ${referral.target}`,
      says: `${referralWords[word]?.says ?? referral.by}. ${referral.says}.`,
      source: 'RFC 3912',
    };
  },
  copies(model) {
    const lines = answerLines(model, shownHop(model));
    return [
      {label: 'the line', text: lines[model.cursor] ?? ''},
      {label: 'the answer', text: lines.join('\n')},
    ];
  },
});

const fates = {
  followed: 'asked next',
  asked: 'asked already',
  unusable: 'cannot be asked',
  left: 'not followed',
} as const;

const bytes = hexPart<WhoisState>({
  id: 'bytes',
  title: model => `Bytes of the answer${shownHop(model) === undefined ? '' : ` of ${shownHop(model)!.server}`}`,
  bytes(model) {
    const hop = shownHop(model);
    const event = hop === undefined ? undefined : model.journal.get(hop.answer);
    const all = (event && model.journal.bytesOf(event)) ?? none;
    return {length: all.length, at: (start, end) => all.subarray(start, end)};
  },
  highlight: selectedBytes,
  linked: model => (model.focus === 'answer' ? selectedBytes(model)?.start : undefined),
  empty: () => 'No answer yet.',
});

/** What the line that is selected in the answer is made of. */
function selectedBytes(model: PartModel<WhoisState>): {readonly start: number; readonly end: number} | undefined {
  const line = model.cursors['answer'];
  return line === undefined ? undefined : lineBytes(model, shownHop(model), line);
}

const none = new Uint8Array(0);

function heading({state, ask, status}: Model): Line {
  const {ended} = state;
  const end: Line =
    ended === undefined
      ? [[status === 'running' ? 'asking' : '', 'accent']]
      : [[ended.says, ended.why === 'answered' || ended.why === 'told' ? 'dim' : 'warn']];
  return [' ', [String(ask['query'] ?? ''), 'strong'], '  ', ...end];
}

export const whoisView: View<WhoisState> = {
  first: 'answer',
  parts: [hops, answer, bytes, codePart()],
  layout(size, {state}) {
    const list = {part: 'hops', atLeast: Math.min(9, Math.max(3, state.hops.length + 1)), rank: 8};
    const text = {part: 'answer', atLeast: 5, share: 3, rank: 9};
    const raw = {part: 'bytes', atLeast: 4, share: 1, rank: 3};
    const code = {part: 'code', atLeast: 6, share: 1, rank: 2};
    if (size.width < 110) return stack([list, text, raw], size);
    return columns([list, text], [raw, code], size, {wideFrom: 110, leftShare: 0.55});
  },
  heading,
};
