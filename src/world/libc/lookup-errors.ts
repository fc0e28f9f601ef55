import type {ErrnoEntry} from './errno.ts';

/** What getaddrinfo() returns when it fails: numbers of its own (glibc's netdb.h), not errno. */
export const lookupErrors: readonly ErrnoEntry[] = [
  {name: 'EAI_BADFLAGS', number: -1, sentence: 'The flags make no sense together.', next: 'Leave some out.'},
  {name: 'EAI_NONAME', number: -2, sentence: 'Nobody knows that name or service.', next: 'Check the spelling.'},
  {
    name: 'EAI_AGAIN',
    number: -3,
    sentence: 'The name server did not answer for now.',
    next: 'Try again; check the network and /etc/resolv.conf.',
  },
  {
    name: 'EAI_FAIL',
    number: -4,
    sentence: 'The name server failed, and will fail again.',
    next: 'Ask another name server.',
  },
  {
    name: 'EAI_NODATA',
    number: -5,
    sentence: 'The name exists, but has no address of that family.',
    next: 'Ask for the other family.',
  },
  {
    name: 'EAI_FAMILY',
    number: -6,
    sentence: 'That address family is not supported here.',
    next: 'Ask for AF_INET, AF_INET6 or AF_UNSPEC.',
  },
  {
    name: 'EAI_SOCKTYPE',
    number: -7,
    sentence: 'That socket type does not go with the rest.',
    next: 'Ask for SOCK_STREAM or SOCK_DGRAM.',
  },
  {
    name: 'EAI_SERVICE',
    number: -8,
    sentence: 'That service is not known for this socket type.',
    next: 'Give the port as a number.',
  },
  {
    name: 'EAI_ADDRFAMILY',
    number: -9,
    sentence: 'The host has no address of that family.',
    next: 'Ask for the other family.',
  },
  {name: 'EAI_MEMORY', number: -10, sentence: 'There is no memory left.', next: 'Close what is not needed.'},
  {name: 'EAI_SYSTEM', number: -11, sentence: 'A system call failed.', next: 'Errno says which way.'},
  {name: 'EAI_OVERFLOW', number: -12, sentence: 'The name is too long.', next: 'Use a shorter one.'},
  {
    name: 'EAI_IDN_ENCODE',
    number: -105,
    sentence: 'The name has letters that cannot be written in ASCII, or the locale does not know them.',
    next: 'Give it in its ASCII form, xn--…, or leave out AI_IDN.',
  },
];

/** The entry of a number that getaddrinfo() returned, if it has one. */
export function lookupError(which: number | string): ErrnoEntry | undefined {
  return lookupErrors.find(({name, number}) => (typeof which === 'number' ? number === which : name === which));
}
