import type {MailEvent} from '../../../chapters/names/mail-events.ts';
import {replyClass} from '../../../wire/smtp/reply.ts';
import {quantity} from '../../parts/quantity.ts';
import type {Role} from '../../theme.ts';
import type {Line} from '../../view.ts';

type Of<Kind extends MailEvent['kind']> = Extract<MailEvent, {kind: Kind}>;

const classes: Readonly<Record<ReturnType<typeof replyClass>, Role>> = {
  good: 'good',
  more: 'accent',
  later: 'warn',
  never: 'bad',
  none: 'bad',
};

/** What happened, as one row. `wide`: there is room for what it means. */
export function talkRow(event: MailEvent, wide: boolean): Line {
  const row = rows[event.kind] as (event: MailEvent, wide: boolean) => Line;
  return row(event, wide);
}

const rows: {readonly [Kind in MailEvent['kind']]: (event: Of<Kind>, wide: boolean) => Line} = {
  query: ({name, type, says, seconds, authentic}) => [
    ['DNS ', 'call'],
    `${name} ${type}  `,
    [says, 'strong'],
    [`  ${quantity(seconds, 's')}${authentic ? ', verified' : ''}`, 'dim'],
  ],
  exchanger: ({preference, name, addresses, says}) => [
    ['MX  ', 'call'],
    `${preference} ${name}  ${addresses.join(' ')}`,
    [says === '' ? '' : `  ${says}`, 'warn'],
  ],
  message: ({size, encoding, dots}) => [
    ['message ', 'call'],
    `${quantity(size, 'B')}, ${encoding}${dots === 0 ? '' : `, ${dots} ${dots === 1 ? 'line begins' : 'lines begin'} with a dot`}`,
  ],
  plan: ({lines}) => [['plan ', 'call'], `${lines.length} lines would be said`],
  trying: ({name, address, at, secure}) => [
    ['to  ', 'accent'],
    [name, 'server'],
    ` ${address}`,
    [at === address ? '' : `, which is ${at} here`, 'dim'],
    [secure ? '' : '  without TLS', 'warn'],
  ],
  connected: ({local, seconds}) => [
    ['=   ', 'dim'],
    [`connected from ${local} in ${quantity(seconds, 's')}`, 'dim'],
  ],
  line: lineRow,
  content: ({size, lines, dots}) => [
    ['>   ', 'client'],
    `the message: ${quantity(size, 'B')}, ${lines} lines${dots === 0 ? '' : `, a dot put before ${dots}`}, and a single dot`,
  ],
  raw: ({size}) => [['>   ', 'client'], `${quantity(size, 'B')} by hand`],
  secured: ({protocol, cipher, trusted, says}) => [
    ['TLS ', 'accent'],
    `${protocol} ${cipher}  `,
    [says, trusted ? 'good' : 'warn'],
  ],
  closed: ({by, says}) => [
    ['=   ', 'dim'],
    [says, by === 'error' ? 'bad' : 'dim'],
  ],
  outcome: ({result, says}) => [['=   ', 'dim'], [result, outcomeRoles[result]], `: ${says}`],
  kept: ({id, recipients, identical}) => [
    ['box ', 'accent'],
    `${id} for ${recipients.join(', ')}: `,
    identical ? ['byte for byte what was sent', 'good'] : ['not what was sent', 'bad'],
  ],
  notice: ({says}) => [['!   ', 'warn'], says],
  verdict: ({result, says}) => [['=>  ', 'strong'], [result, verdictRole(result)], `: ${says}`],
};

function lineRow({from, text, code, means, fault, secure}: Of<'line'>, wide: boolean): Line {
  const mark = from === 'client' ? '>' : '<';
  const role: Role = from === 'client' ? 'client' : 'server';
  const said: Line =
    from === 'client' ? [[text, 'client']] : [[text.slice(0, 3), classes[replyClass(code)]], text.slice(3)];
  const more: Line = fault !== undefined ? [[`  ${fault}`, 'warn']] : wide ? [[`  ${means}`, 'dim']] : [];
  const gap = wide && fault === undefined ? ' '.repeat(Math.max(0, 40 - text.length)) : '';
  return [[`${mark}${secure ? '*' : ' '}  `, role], ...said, gap, ...more];
}

export const outcomeRoles: Readonly<Record<Of<'outcome'>['result'], Role>> = {
  sent: 'good',
  accepted: 'good',
  deferred: 'warn',
  refused: 'bad',
  unreachable: 'bad',
  insecure: 'warn',
  broken: 'bad',
};

export function verdictRole(result: Of<'verdict'>['result']): Role {
  if (result === 'planned') return 'dim';
  if (result === 'sent' || result === 'probed') return 'good';
  return result === 'deferred' || result === 'insecure' ? 'warn' : 'bad';
}
