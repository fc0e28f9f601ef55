import type {Problem} from '../../journal/problem.ts';
import {errnoEntry} from '../libc/errno.ts';
import {serverText} from './endpoint.ts';
import type {DnsServer} from './types.ts';

interface Row {
  readonly code: string;
  says(where: string): string;
  readonly next: string;
}

/** What can go wrong on the way to a server, by the code of the error. */
const rows: Readonly<Record<string, Row>> = {
  ECONNREFUSED: {
    code: 'dns.refused',
    says: where => `Nothing listens at ${where}`,
    next: 'Check the address and the port, or start a server there.',
  },
  ECONNRESET: {
    code: 'dns.reset',
    says: where => `The server reset the connection to ${where}`,
    next: 'Ask again, or over another transport.',
  },
  EPIPE: {
    code: 'dns.closed',
    says: where => `The server has closed the connection to ${where}`,
    next: 'Ask again: a new connection is opened.',
  },
  EHOSTUNREACH: unreachable(),
  ENETUNREACH: unreachable(),
  ETIMEDOUT: {
    code: 'dns.timeout',
    says: where => `The kernel gave up connecting to ${where}`,
    next: 'Check that the host is up and lets this port through.',
  },
  EADDRNOTAVAIL: {
    code: 'dns.local',
    says: where => `There is no address here from which ${where} can be asked`,
    next: 'Leave the address to send from empty, or choose one of this machine.',
  },
  EINVAL: {
    code: 'dns.address',
    says: where => `The kernel takes no such address: ${where}`,
    next: 'A link-local address needs its interface, as in fe80::53%eth0; a loopback address must be asked from one.',
  },
  EMSGSIZE: {
    code: 'dns.size',
    says: where => `The query is too large for one datagram to ${where}`,
    next: 'Ask over TCP, or with fewer options.',
  },
  EPROTO: noTls(),
  ERR_SSL_WRONG_VERSION_NUMBER: noTls(),
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls(),
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: {
    code: 'dns.tls.protocol',
    says: where => `The server at ${where} speaks TLS, and neither DNS nor HTTP inside it`,
    next: 'Check the port: 853 is for DNS over TLS, 443 for HTTPS.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'dns.tls.name',
    says: where => `The certificate of ${where} is for another name`,
    next: 'Give the name that the certificate is for, or take any certificate.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted(),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted(),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted(),
  UNABLE_TO_GET_ISSUER_CERT: untrusted(),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted(),
  CERT_HAS_EXPIRED: {
    code: 'dns.tls.expired',
    says: where => `The certificate of ${where} has expired`,
    next: 'Tell whoever runs the server, or take any certificate.',
  },
  CERT_NOT_YET_VALID: {
    code: 'dns.tls.early',
    says: where => `The certificate of ${where} is not valid yet`,
    next: 'Check the clock of this machine.',
  },
};

/** An error of a socket or of TLS as a problem. */
export function networkProblem(server: DnsServer, error: unknown): Problem {
  const {code = '', message = ''} = error as {readonly code?: string; readonly message?: string};
  const where = serverText(server);
  const row = rows[code];
  const isErrno = /^E[A-Z0-9]+$/.test(code);
  const errno = isErrno ? {errno: code} : {};
  if (row !== undefined) return {code: row.code, says: row.says(where), next: row.next, ...errno};
  if (code.startsWith('ERR_SSL'))
    return {code: 'dns.tls', says: `TLS with ${where} failed: ${plain(message)}`, next: 'Ask over another transport.'};
  const {sentence, next} = isErrno
    ? errnoEntry(code)
    : {sentence: plain(message), next: 'Ask again, or another server.'};
  return {code: 'dns.network', says: `${where}: ${sentence.replace(/\.$/, '')}`, next, ...errno};
}

/** Nobody answered in time. */
export function timedOut(server: DnsServer, seconds: number, tries: number, ignored = 0): Problem {
  const often = tries === 1 ? '' : `, asked ${tries} times`;
  const others = ignored === 0 ? '' : `; ${ignored} ${ignored === 1 ? 'message was' : 'messages were'} no answer to it`;
  return {
    code: 'dns.timeout',
    says: `No answer from ${serverText(server)} within ${seconds} s${often}${others}`,
    next: 'Ask another server, over another transport, or wait longer.',
  };
}

/** `isOpen`: TCP was there, and TLS did not come about. */
export function connectTimedOut(server: DnsServer, seconds: number, isOpen: boolean): Problem {
  if (isOpen)
    return {
      code: 'dns.tls.silent',
      says: `${serverText(server)}: the connection opened, but no TLS handshake came about within ${seconds} s`,
      next: 'Check the port: what listens there may not speak TLS.',
    };
  return {
    code: 'dns.timeout',
    says: `No connection to ${serverText(server)} within ${seconds} s`,
    next: 'Check that the host is up and lets this port through.',
  };
}

export const stopped: Problem = {code: 'dns.stopped', says: 'It was stopped before an answer came', next: 'Ask again.'};

function unreachable(): Row {
  return {
    code: 'dns.unreachable',
    says: where => `There is no way from here to ${where}`,
    next: 'Check the address and this machine’s network.',
  };
}

function untrusted(): Row {
  return {
    code: 'dns.tls.untrusted',
    says: where => `The certificate of ${where} is signed by nobody who is trusted here`,
    next: 'Give the certificate of its authority, or take any certificate.',
  };
}

function noTls(): Row {
  return {
    code: 'dns.tls.none',
    says: where => `What listens at ${where} does not speak TLS`,
    next: 'Check the port, or ask over TCP.',
  };
}

/** OpenSSL's words for people, out of `40E7…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/…`. */
function plain(message: string): string {
  const parts = message.trim().split(':');
  const routines = parts.indexOf('SSL routines');
  return (routines === -1 ? message.trim() : (parts[routines + 2] ?? message)).replace(/\.$/, '');
}
