import type {TextLine} from '../contract.ts';
import type {BulkEvent} from './bulk-events.ts';

/** A line for each outcome; everything else is told aside, so that the output can be read by a program. */
export function bulkLine(event: BulkEvent): TextLine {
  switch (event.kind) {
    case 'answer': {
      const {name, type, outcome, seconds, answers} = event;
      const time = `${(seconds * 1000).toFixed(3)} ms`;
      const found = answers.length > 0 ? `  ${answers.join(' | ')}` : '';
      return `${name} ${type}  ${outcome}  ${time}${sentText(event)}${found}`;
    }
    case 'started':
      return {aside: `Asking ${event.server} over ${event.transport} about ${event.source}`};
    case 'bad':
      return {aside: `line ${event.line} is left out: ${event.says}`};
    case 'summary':
      return {aside: summaryLines(event).join('\n')};
    case 'pace':
    case 'progress':
      return undefined;
  }
}

/** How often it was sent, where that is more than once: an answer that was cut is no failure. */
function sentText({tries, transport}: Extract<BulkEvent, {kind: 'answer'}>): string {
  if (tries === 1) return '';
  return tries === 2 && transport === 'tcp' ? ', sent again over TCP' : `, sent ${tries} times`;
}

type Summary = Extract<BulkEvent, {kind: 'summary'}>;

export function summaryLines(event: Omit<Summary, 't' | 'seq' | 'run' | 'kind'>): string[] {
  const {read, answered, timeouts, failed, bad, cancelled, seconds, rate, codes} = event;
  const left = [
    timeouts > 0 ? `${timeouts} timed out` : '',
    failed > 0 ? `${failed} could not be asked` : '',
    cancelled > 0 ? `${cancelled} ${cancelled === 1 ? 'was' : 'were'} cancelled` : '',
    bad > 0 ? `${bad} ${bad === 1 ? 'line was' : 'lines were'} left out` : '',
  ].filter(Boolean);
  const milliseconds = (value: number) => (value * 1000).toFixed(3);
  const {min, mean, p50, p90, p99, max} = event;
  return [
    [`${answered} of ${read} answered in ${seconds.toFixed(3)} s: ${Math.round(rate)} a second`, ...left].join(', '),
    codes.map(({code, count}) => `${code} ${count}`).join(', ') || 'no answer at all',
    ...(answered === 0
      ? []
      : [
          `ms: min ${milliseconds(min)}, mean ${milliseconds(mean)}, p50 ${milliseconds(p50)}, p90 ${milliseconds(p90)}, p99 ${milliseconds(p99)}, max ${milliseconds(max)}`,
        ]),
    ...resent(event),
  ];
}

function resent({retries, ignored, truncated}: Pick<Summary, 'retries' | 'ignored' | 'truncated'>): string[] {
  if (retries + ignored + truncated === 0) return [];
  return [`${retries} sent again, ${truncated} asked again over TCP, ${ignored} messages ignored`];
}
