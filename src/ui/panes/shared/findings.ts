import {type EndingCall, endingCalls, type Finding, type SharedState} from '../../../chapters/tcp/shared-state.ts';
import {textPart} from '../../parts/text.ts';
import type {Line, PaneModel} from '../../view.ts';

/** Rows that the findings take with their title. */
export const findingRows = endingCalls.length + 1;

/** What each way of ending did to the other holder, as it was seen in this run. */
export const findingsPart = textPart<SharedState>(
  'findings',
  'What one holder ends, and what the other then sees',
  (model, width) => endingCalls.map(call => findingLine(call, model, width)),
);

function findingLine(call: EndingCall, {state}: PaneModel<SharedState>, width: number): Line {
  const finding = state.findings[call];
  const name: Line[number] = [` ${call === 'close' ? 'close()' : call}`.padEnd(12), 'call'];
  if (finding === undefined)
    return [name, [`not tried yet${width < 60 ? '' : ` while two processes held the socket`}`, 'dim']];
  const other = finding.by === 'parent' ? 'child' : 'parent';
  return [
    name,
    [finding.fin ? 'FIN     ' : 'no FIN  ', finding.fin ? 'warn' : 'plain'],
    ...afterwards(finding, other, width),
  ];
}

function afterwards({other: call, failed}: Finding, other: string, width: number): Line {
  if (call === undefined) return [[`now let the ${other} send or receive`, 'dim']];
  const verdict: Line[number] = failed ? [' it ended for both', 'warn'] : [' it goes on', 'good'];
  return width < 60 ? [verdict, `: ${call}`] : [`${other}: ${call} `, verdict];
}
