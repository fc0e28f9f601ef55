import type {EventOf, FieldsOf} from '../../journal/event.ts';
import {choice, described, flag, integer, json, list, number, optional, record, text} from '../../journal/shape.ts';

const seconds = described(number, 'how long it took');
const errno = optional(described(text, 'the name of the error'));
const means = optional(described(text, 'what the error means, and what to try next'));

/** What a call is made for. */
export const purposes = ['look-up', 'literal?', 'source', 'connect'] as const;

export const lookupEvents = {
  asked: {
    says: 'A look-up begins; everything of the one before is over. NULL is null.',
    fields: {
      node: described(json, 'the host as it is handed to getaddrinfo(), or null'),
      service: described(json, 'the service as it is handed over, or null'),
      call: described(text, 'the call that is made'),
    },
  },
  idn: {
    says: 'A name with letters beyond ASCII, and its two forms.',
    fields: {
      typed: text,
      ascii: described(text, 'as UTS 46 writes it (Node’s domainToASCII); empty when it cannot'),
      asked: described(text, 'what getaddrinfo() was given'),
      says: text,
    },
  },
  call: {
    says: 'A call of a C function that has returned.',
    fields: {
      purpose: choice(...purposes),
      text: described(text, 'the call as C would show it'),
      result: described(integer, 'what it returned: -1 or an EAI_ number for a failure'),
      errno,
      means,
      seconds,
      row: optional(described(integer, 'the row that it connects to')),
    },
  },
  row: {
    says: 'One row of what getaddrinfo() gave, in its order; Python’s five values, each number with its name.',
    fields: {
      number: described(integer, 'from 1'),
      family: described(text, 'AF_INET or AF_INET6'),
      familyNumber: integer,
      type: described(text, 'SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, …'),
      typeNumber: integer,
      proto: described(text, 'IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IP (0: any), …'),
      protoNumber: integer,
      canonname: described(
        text,
        'the canonical name: in the first row only, and empty unless AI_CANONNAME asked for it',
      ),
      sockaddr: described(json, '[host, port], or [host, port, flowinfo, scope id] for IPv6'),
      flags: optional(described(integer, 'ai_flags')),
      length: optional(described(integer, 'ai_addrlen: bytes of the struct sockaddr')),
      raw: optional(described(text, 'the struct sockaddr in hex')),
    },
  },
  answer: {
    says: 'getaddrinfo() has answered with rows.',
    fields: {
      rows: described(integer, 'how many rows there are'),
      more: optional(described(integer, 'rows that are not told: too many')),
      seconds,
    },
  },
  failed: {
    says: 'getaddrinfo() has failed.',
    fields: {
      code: described(text, 'the name of the failure: EAI_NONAME, …'),
      number: described(integer, 'what getaddrinfo() returned'),
      errno: described(integer, 'as in Python’s exception: that number, and after EAI_SYSTEM the errno'),
      errnoName: optional(described(text, 'after EAI_SYSTEM: its name')),
      says: described(text, 'libc’s own words: gai_strerror()'),
      means: described(text, 'what it means'),
      next: described(text, 'what to try next'),
      seconds,
    },
  },
  cancelled: {says: 'The look-up was given up: its process was ended.', fields: {seconds}},
  switch: {
    says: 'Who is asked for host names, and in which order: the line of /etc/nsswitch.conf.',
    fields: {
      file: text,
      line: described(integer, 'from 1; 0: there is no such line, and this is what glibc does then'),
      text: described(text, 'the line as it stands there'),
      sources: list(
        record({
          name: text,
          actions: described(list(text), 'what is said about going on after it'),
          says: optional(described(text, 'what it is')),
        }),
      ),
    },
  },
  resolver: {
    says: 'What libc’s resolver is told to do: the name servers, and the names that the search list makes of this one.',
    fields: {
      file: text,
      servers: list(text),
      search: described(list(text), 'what is put behind a name'),
      ndots: described(integer, 'so many dots in a name, and it is tried as it is first'),
      timeout: described(number, 'seconds for each try'),
      attempts: described(integer, 'how often each server is asked'),
      options: list(text),
      tried: described(list(text), 'the names that are asked for, in order, until one has an answer'),
    },
  },
  source: {
    says: 'One source asked alone, with the same hints.',
    fields: {
      name: text,
      addresses: described(list(text), 'what it gave, each once'),
      canonical: optional(described(text, 'the canonical name it gave')),
      code: optional(described(text, 'the failure')),
      says: optional(described(text, 'libc’s own words for it')),
      seconds,
    },
  },
  hosts: {
    says: 'A line of the hosts file that has the name.',
    fields: {file: text, line: described(integer, 'from 1'), text: described(text, 'the line as it stands there')},
  },
  origin: {
    says: 'Where the addresses came from.',
    fields: {
      from: described(text, 'literal, null, or the source: files, dns, …; unknown where that cannot be told'),
      says: described(text, 'how that is known'),
    },
  },
  attempt: {
    says: 'A socket was made of a row, and connect() was called with just that address.',
    fields: {
      row: described(integer, 'the number of the row'),
      address: text,
      connected: flag,
      local: optional(described(text, 'the address that the kernel gave this end')),
      errno,
      means,
      seconds,
    },
  },
  closed: {says: 'The connected socket was closed.', fields: {row: integer}},
  lab: {
    says: 'The lab’s web server is asked for.',
    fields: {name: text, address: text, port: integer},
  },
  notice: {says: 'A sentence about what cannot be shown here, or was given up.', fields: {says: text}},
} as const;

export type LookupEvent = EventOf<typeof lookupEvents>;
export type RowFields = FieldsOf<typeof lookupEvents, 'row'>;
export type CallFields = FieldsOf<typeof lookupEvents, 'call'>;
