import type {LookupState} from '../../../chapters/names/lookup-state.ts';
import {counted} from '../../../wire/text/counted.ts';
import {quantity} from '../../parts/quantity.ts';
import type {Explanation, Line, PaneModel} from '../../view.ts';

/** One line about where the name went, and what `e` says of it. */
export interface Fact {
  readonly line: Line;
  readonly explain: Explanation;
}

type Model = Pick<PaneModel<LookupState>, 'state'>;

/** Everything that is known of how the name became addresses: settings, sources, and who answered. */
export function factsOf({state}: Model): readonly Fact[] {
  const known = memo.get(state);
  if (known !== undefined) return known;
  const facts = [
    ...failure(state),
    ...origin(state),
    ...idn(state),
    ...lab(state),
    ...switchFacts(state),
    ...hosts(state),
    ...resolver(state),
    ...sources(state),
    ...notices(state),
  ];
  memo.set(state, facts);
  return facts;
}

const memo = new WeakMap<LookupState, readonly Fact[]>();

const label = (text: string): Line[number] => [`${text.padEnd(10)} `, 'dim'];

function failure({failure: failed}: LookupState): Fact[] {
  if (failed === undefined) return [];
  const {code, number, errnoName, errno, says, means, next, seconds} = failed;
  const system = errnoName === undefined ? '' : ` ${errnoName} ${errno}`;
  const explain = {
    title: `${code}: getaddrinfo() returned ${number}`,
    says: `libc says: ${says || 'nothing'}. ${means} ${next} These numbers are getaddrinfo()’s own and not errno; only after EAI_SYSTEM errno has something to say.`,
    source: 'RFC 3493 §6.1; netdb.h; gai_strerror(3)',
  };
  return [
    {
      line: [
        label('failed'),
        [`${code} ${number}${system}`, 'bad'],
        `: ${says}. ${means} `,
        [quantity(seconds, 's'), 'dim'],
      ],
      explain,
    },
    {line: [label('next'), next], explain},
  ];
}

function origin({origin: found}: LookupState): Fact[] {
  if (found === undefined) return [];
  return [
    {
      line: [label('from'), [found.from === 'null' ? 'no name' : found.from, 'good'], `: ${found.says}`],
      explain: {
        title: `From ${found.from}`,
        says: `${found.says}. getaddrinfo() itself never says who answered, so the same question is put to each source alone, in the order of nsswitch.conf.`,
        source: 'nsswitch.conf(5); RFC 3493 §6.1',
      },
    },
  ];
}

function idn({idn: told}: LookupState): Fact[] {
  if (told === undefined) return [];
  return [
    {
      line: [
        label('letters'),
        told.typed,
        [' is ', 'dim'],
        [told.ascii || 'without an ASCII form', 'accent'],
        ` ${told.says}`,
      ],
      explain: {
        title: 'A name with other letters',
        says: `On the wire names are ASCII: each label with other letters is written as xn-- and Punycode. ${told.says}. Asked for: ${told.asked}.`,
        source: 'RFC 5890; UTS 46; AI_IDN in getaddrinfo(3)',
      },
    },
  ];
}

function lab({lab: found}: LookupState): Fact[] {
  if (found === undefined) return [];
  return [
    {
      line: [label('lab'), `${found.name} is ${found.address} port ${found.port} here`],
      explain: {
        title: 'The lab’s web server',
        says: 'libc asks the name servers of this machine and cannot ask the lab’s, so its web server is looked up by its address.',
      },
    },
  ];
}

function switchFacts({switch: told}: LookupState): Fact[] {
  if (told === undefined) return [];
  const names = told.sources.map(({name, actions}) =>
    [name, ...(actions.length > 0 ? [`[${actions.join(' ')}]`] : [])].join(' '),
  );
  const each = told.sources.map(({name, says}) => `${name}: ${says ?? 'a module libnss_' + name}`);
  return [
    {
      line: [
        label('order'),
        names.join(', then ') || 'nobody',
        [told.line === 0 ? '  by default' : `  ${told.file}:${told.line}`, 'dim'],
      ],
      explain: {
        title: 'Who is asked for host names',
        says: `${told.line === 0 ? `${told.file} says nothing of hosts` : `“${told.text}”`}. ${each.join('; ')}. The first that answers is believed; an action in brackets may end it before.`,
        source: 'nsswitch.conf(5)',
      },
    },
  ];
}

function hosts({hosts: lines}: LookupState): Fact[] {
  return lines.map(({file, line, text}) => ({
    line: [label('line'), text, [`  ${file}:${line}`, 'dim']],
    explain: {
      title: `${file}, line ${line}`,
      says: `“${text}”: an address, its canonical name, and aliases. Every line with the name counts, in the order of the file.`,
      source: 'hosts(5); RFC 952',
    },
  }));
}

function resolver({resolver: told, origin: from}: LookupState): Fact[] {
  if (told === undefined) return [];
  const {servers, search, ndots, timeout, attempts, options, tried} = told;
  const unasked = from?.from === 'files';
  return [
    {
      line: [
        label('servers'),
        servers.join(', '),
        [`  ${told.file}${unasked ? ', not asked: the hosts file answered' : ''}`, 'dim'],
      ],
      explain: {
        title: 'The name servers',
        says: `They are asked in this order, each for ${timeout} s, ${counted(attempts, 'time')}. Options: ${options.join(' ') || 'none'}. Only the first three count.`,
        source: 'resolv.conf(5); RFC 1035 §4.2.1',
      },
    },
    {
      line: [
        label('tries'),
        tried.join(', then '),
        [`  ndots ${ndots}, search ${search.join(' ') || 'nothing'}`, 'dim'],
      ],
      explain: {
        title: 'What the search list makes of the name',
        says: `A name with ${ndots} dots or more is tried as it is first; a shorter one with each domain of the search list behind it first. A dot at the end says: as it is, and nothing else. NXDOMAIN goes on to the next, a failure ends it.`,
        source: 'resolv.conf(5); res_search(3)',
      },
    },
  ];
}

function sources({sources: asked}: LookupState): Fact[] {
  return asked.map(({name, addresses, canonical, code, says, seconds}) => ({
    line: [
      label('alone'),
      [name, addresses.length > 0 ? 'good' : 'warn'],
      ': ',
      code === undefined ? addresses.join(', ') : `${code} ${says ?? ''}`,
      canonical === undefined ? '' : [` = ${canonical}`, 'accent'],
      [`  ${quantity(seconds, 's')}`, 'dim'],
    ],
    explain: {
      title: `${name}, asked alone`,
      says: `In a process of its own libc was told to ask ${name} only (__nss_configure_lookup, as getent -s does). ${code === undefined ? `It gave ${addresses.join(', ')}` : `It gave ${code}: ${says ?? ''}`}${canonical === undefined ? '' : `; the canonical name is ${canonical}`}.`,
      source: 'nsswitch.conf(5); getent(1) -s',
    },
  }));
}

function notices({notices: said}: LookupState): Fact[] {
  return said.map(says => ({line: [label('note'), [says, 'warn']], explain: {title: 'A note', says}}));
}
