import type {TraceState, Verdict} from '../../../chapters/names/trace-state.ts';
import {listPart} from '../../parts/list.ts';
import type {Role} from '../../theme.ts';
import type {Line} from '../../view.ts';

export const verdictRoles: Readonly<Record<Verdict, Role>> = {
  secure: 'good',
  insecure: 'warn',
  bogus: 'bad',
  indeterminate: 'warn',
};

/** The chain of trust, from the anchor down: each step with its verdict, its key and its dates. */
export const trustPart = listPart<TraceState>({
  id: 'trust',
  title: ({state}) => `Chain of trust: ${state.links.length} steps`,
  range: ({state}) => ({first: 0, end: state.links.length}),
  row(item, {state, size}): Line {
    const link = state.links[item];
    if (link === undefined) return [];
    const until = link.expiration === undefined ? '' : `  until ${link.expiration.slice(0, size.width < 90 ? 10 : 19)}`;
    const {zone, what, verdict, reason, algorithm} = link;
    return [
      [verdict.padEnd(9), verdictRoles[verdict]],
      [` ${zone} `, 'strong'],
      what,
      `  ${reason}`,
      [`${algorithm === undefined ? '' : `  ${algorithm}`}${until}`, 'dim'],
    ];
  },
  empty({ask, state, status}) {
    if (ask['dnssec'] === false) return 'DNSSEC is switched off in the form.';
    if (state.verdict !== undefined) return state.verdict.reason;
    return status === 'running' ? 'The answer is not here yet.' : 'There is no trust anchor to begin at.';
  },
  explain({state, cursor}) {
    const link = state.links[cursor];
    if (link === undefined) return undefined;
    const dates =
      link.inception === undefined ? '' : ` The signature is valid from ${link.inception} to ${link.expiration ?? ''}.`;
    const key =
      link.keyTag === undefined ? '' : ` It names key ${link.keyTag} of ${link.zone}, ${link.algorithm ?? ''}.`;
    return {
      title: `${link.what}: ${link.verdict}`,
      says: `${meanings[link.verdict]} ${link.what}: ${link.reason}${link.reason.endsWith('.') ? '' : '.'}${key}${dates}`,
      source: 'RFC 4035 §4.3 and §5',
    };
  },
  copies: ({state, cursor}) => [
    {label: 'the step', text: text(state, cursor)},
    {label: 'the chain', text: state.links.map((_, at) => text(state, at)).join('\n')},
  ],
});

function text({links}: TraceState, at: number): string {
  const link = links[at];
  return link === undefined ? '' : `${link.verdict} ${link.zone} ${link.what}: ${link.reason}`;
}

const meanings: Readonly<Record<Verdict, string>> = {
  secure: 'Every signature from the trust anchor to here holds.',
  insecure:
    'The zone above proves with a signature that there is no key for what is below: nothing is to be checked there.',
  bogus: 'There should be a signature that holds, and there is none: a resolver that validates answers SERVFAIL.',
  indeterminate: 'It cannot be found out, because an answer that is needed did not come.',
};
