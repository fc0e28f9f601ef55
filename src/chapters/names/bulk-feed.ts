import {concat} from '../../wire/bytes.ts';
import {types} from '../../wire/dns/numbers.ts';
import {typeNumber} from '../../wire/dns/tables.ts';
import type {Bulk} from '../../world/dns/bulk-types.ts';
import type {BulkAsk} from './bulk-fields.ts';
import {type Asked, questionBytes, readLine} from './bulk-lines.ts';
import type {BulkSession} from './bulk-session.ts';
import type {NameSource} from './bulk-source.ts';

/** Questions that are handed over in one go. */
const mostAtOnce = 256;

/** Reads lines and hands questions over, never more than the asking needs: a file of any length takes the same memory. */
export async function feed(session: BulkSession, bulk: Bulk, source: NameSource, ask: BulkAsk): Promise<void> {
  const type = typeNumber(ask.type) ?? types.A;
  let line = 0;
  for await (const lines of source.lines) {
    let asked: Asked[] = [];
    for (const text of lines) {
      line++;
      const read = readLine(text, type);
      if (read.kind === 'bad') session.bad(line, text, read.says);
      if (read.kind === 'question') asked.push(read.asked);
      if (asked.length < mostAtOnce) continue;
      await hand(session, bulk, asked);
      asked = [];
      if (session.ended) return;
    }
    // What came together is asked for at once: whoever types names does not wait for a full batch.
    await hand(session, bulk, asked);
    if (session.ended) return;
  }
}

async function hand(session: BulkSession, bulk: Bulk, asked: readonly Asked[]): Promise<void> {
  await session.room();
  if (asked.length === 0 || session.ended) return;
  const questions = asked.map(questionBytes);
  let end = 0;
  const ends = Uint32Array.from(questions, question => (end += question.length));
  bulk.give({first: session.expect(asked), bytes: concat(questions), ends});
}
