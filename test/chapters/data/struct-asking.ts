import {structExperiment} from '../../../src/chapters/data/struct.ts';
import {compute} from '../../../src/chapters/data/struct-compute.ts';
import type {StructAsk} from '../../../src/chapters/data/struct-shape.ts';

/** What a command prints for an ask: the answer, or Python's class and message. */
export function answerOf(ask: StructAsk): string {
  const outcome = compute(ask, {all: true});
  if (!outcome.ok) return `${outcome.fields.class}: ${outcome.fields.message}`;
  const event = {kind: 'answer', t: 0, seq: 0, run: 1, ...outcome.fields} as const;
  return String(structExperiment.line(event, outcome.bytes, ask));
}
