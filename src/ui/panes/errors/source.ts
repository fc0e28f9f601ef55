import type {ErrorCase} from '../../../chapters/data/errors-shape.ts';

/** Where it is written what this error is. */
export function sourceOf({group, symbol}: Pick<ErrorCase, 'group' | 'symbol'>): string {
  if (group === 'names') return 'POSIX getaddrinfo(), RFC 3493 §6.1; Python: socket.gaierror';
  if (group === 'tls') return 'RFC 5280 §6, RFC 8446 §6; Python: ssl.SSLError';
  if (group === 'own') return 'Python: User-defined Exceptions, PEP 3134 (raise … from)';
  return symbol === '' ? 'Python: socket.settimeout(), TimeoutError' : `errno(3), PEP 3151 (Python’s classes)`;
}
