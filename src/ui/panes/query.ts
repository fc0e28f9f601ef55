import type {QueryState} from '../../chapters/names/query-state.ts';
import {codePart} from '../parts/code.ts';
import {dnsMessageParts} from '../parts/dns-message.ts';
import {readShown} from '../parts/dns-shown.ts';
import {columns, stack, type Wish} from '../parts/stack.ts';
import type {View} from '../view.ts';
import {comparedPart, comparedRows} from './query/compared.ts';
import {headingOf} from './query/heading.ts';
import {messagesPart} from './query/messages.ts';
import {shownEvent, shownMessage, titleOf} from './query/shown.ts';

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
      jumpId: model => shownEvent(model)?.seq,
      empty: ({status}) => (status === 'running' ? 'No answer yet.' : 'No message came.'),
    }),
    comparedPart,
    codePart<QueryState>(),
  ],
  layout(size, model) {
    const {state, journal} = model;
    const shown = shownMessage(model);
    const read = shown === undefined ? undefined : readShown(shown);
    const isWide = size.width >= wideFrom;
    const most = Math.max(4, Math.floor(size.height * (isWide ? 0.7 : size.height < 24 ? 0.35 : 0.42)));
    const events = Math.max(1, journal.end - journal.first);
    const isLow = size.height < 12;
    // Always there: what is selected in it is what the others show.
    const messages: Wish = {
      part: 'messages',
      atLeast: isLow ? 2 : Math.min(size.height < 30 ? 3 : 7, 1 + events),
      rank: 10,
    };
    const least = isLow ? 4 : 5;
    const answer: Wish = {
      part: 'answer',
      atLeast: clamp(1 + (read?.lines.length ?? 0), least, Math.max(least, most)),
      share: 2,
      rank: 9,
    };
    const fields: Wish = {part: 'fields', atLeast: isLow ? 2 : size.height < 30 ? 5 : 9, share: 4, rank: 8};
    // Title, ruler and status, and up to ten rows of bytes, as far as the others leave room.
    const wanted = 4 + clamp(Math.ceil((read?.bytes.length ?? 0) / 16), 1, 10);
    const left = size.height - messages.atLeast - answer.atLeast - fields.atLeast;
    const bytes: Wish = {part: 'bytes', atLeast: clamp(wanted, 4, isWide ? 14 : Math.max(4, left)), share: 1, rank: 7};
    const code: Wish = {part: 'code', atLeast: 8, share: 1, rank: 2};
    const rows = comparedRows(state);
    const compared: Wish[] = rows === 0 ? [] : [{part: 'compared', atLeast: Math.min(8, 1 + rows), rank: 8}];
    if (!isWide) return stack([messages, answer, ...compared, fields, bytes], size);
    return columns([messages, answer, ...compared, code], [fields, bytes], size, {wideFrom, leftShare: 0.47});
  },
};

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));
