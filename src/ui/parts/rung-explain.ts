import {callEquivalents} from '../../chapters/tcp/call-equivalents.ts';
import {explainCall} from '../../chapters/tcp/call-meaning.ts';
import type {CallFields} from '../../chapters/tcp/calls.ts';
import type {End, Side} from '../../chapters/tcp/ends.ts';
import type {Segment} from '../../chapters/tcp/segments.ts';
import {tcpStates} from '../../wire/tcp/states.ts';
import type {Explanation, PartModel} from '../view.ts';
import type {LadderRow} from './ladder.ts';
import type {Rung} from './rungs.ts';

/** What a rung's calls are for, how we know what went over the wire, and what the new states mean. */
export function explainRung<State>(row: LadderRow, {journal}: PartModel<State>): Explanation | undefined {
  const events = ((row as Rung).seqs ?? [row.item]).flatMap(seq => journal.get(seq) ?? []);
  const [first] = events;
  if (first === undefined) return undefined;
  const calls = events.filter(({kind}) => kind === 'call').map(event => event as unknown as CallFields);
  const meanings = calls.map(call => ({by: call.by, ...explainCall(call)}));
  const segments = events.filter(({kind}) => kind === 'segment').map(event => event as unknown as Segment);
  const states = events.filter(({kind}) => kind === 'ends').flatMap(stateSentences);
  const says = [
    ...meanings.map(({says}, index) =>
      index === 0 ? says : `${meanings[index]!.by}: ${meanings[index]!.title}. ${says}`,
    ),
    ...segments.map(segmentSentence),
    ...states,
    ...events.filter(({kind}) => kind === 'notice').map(notice => `${String(notice['says'])}.`),
    ...(calls[0] === undefined ? [] : [`It took ${(calls[0].seconds * 1e6).toFixed(0)} µs.`]),
  ];
  const title = meanings[0] === undefined ? titleOf(first.kind) : `${meanings[0].by}: ${meanings[0].title}`;
  const source = meanings[0]?.source ?? (segments.length > 0 ? 'RFC 9293 §3.10.7' : 'RFC 9293 §3.3.2');
  return {
    title,
    says: says.join('\n') || title,
    source,
    equivalents: calls[0] === undefined ? [] : callEquivalents(calls[0]),
  };
}

function titleOf(kind: string): string {
  const titles: Readonly<Record<string, string>> = {
    segment: 'On the wire',
    ends: 'New states',
    ended: 'A process has ended: the kernel closes what it held',
    connected: 'A new connection',
    blocked: 'The call has not returned: its thread waits in the kernel',
  };
  return titles[kind] ?? 'Notice';
}

function segmentSentence({from, flags, size, proof, certain}: Segment): string {
  const what = flags === 'data' ? `${size} bytes of data` : `A segment with ${flags}`;
  return `${what} from the ${from}. ${certain ? 'Known from the kernel: ' : 'Not shown by the kernel, but what TCP must do: '}${proof}`;
}

function stateSentences(event: Readonly<Record<string, unknown>>): string[] {
  return (['client', 'server'] as const satisfies readonly Side[]).flatMap(side => {
    const {through, state} = event[side] as End;
    return through.length === 0 ? [] : [`The ${side} is in ${state}: ${tcpStates[state].means}`];
  });
}
