import type {QueryState} from '../../chapters/names/query-state.ts';
import {codePart} from '../parts/code.ts';
import {dnsMessageParts} from '../parts/dns-message.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import type {View} from '../view.ts';
import {comparedPart, comparedRows} from './query/compared.ts';
import {headingOf} from './query/heading.ts';
import {messagesPart} from './query/messages.ts';
import {shownMessage, titleOf} from './query/shown.ts';

/** From this width on the fields and bytes stand beside the answer. */
const wideFrom = 110;

/** The exchange, message by message; the one that is selected as text, as fields and as bytes. */
export const queryView: View<QueryState> = {
  first: 'answer',
  heading: headingOf,
  parts: [
    messagesPart,
    ...dnsMessageParts<QueryState>({
      shown: shownMessage,
      title: titleOf,
      empty: ({status}) => (status === 'running' ? 'No answer yet.' : 'No message came.'),
    }),
    comparedPart,
    codePart<QueryState>(),
  ],
  layout(size, {state, journal}) {
    const events = Math.max(1, journal.end - journal.first);
    const tall = size.height >= 30;
    const messages: Wish = {part: 'messages', atLeast: Math.min(tall ? 8 : 4, 1 + events), rank: 6};
    const answer: Wish = {part: 'answer', atLeast: 5, share: 3, rank: 9};
    const fields: Wish = {part: 'fields', atLeast: 5, share: 2, rank: 8};
    const bytes: Wish = {part: 'bytes', atLeast: tall ? 8 : 4, share: 1, rank: 7};
    const code: Wish = {part: 'code', atLeast: 6, share: 1, rank: 2};
    const rows = comparedRows(state);
    const compared: Wish[] = rows === 0 ? [] : [{part: 'compared', atLeast: Math.min(8, 1 + rows), rank: 8}];
    if (size.width < wideFrom) return stack([messages, answer, ...compared, fields, bytes], size);
    const besides = size.height >= 44 ? [fields, bytes, code] : [fields, bytes];
    return columns([messages, answer, ...compared], besides, size, {wideFrom, leftShare: 0.47});
  },
};
