/** Python's exception classes that a network program meets, each with what it is derived from (PEP 3151, ssl). */
export const pythonBases = {
  BaseException: [],
  Exception: ['BaseException'],
  OSError: ['Exception'],
  'socket.gaierror': ['OSError'],
  BlockingIOError: ['OSError'],
  ConnectionError: ['OSError'],
  BrokenPipeError: ['ConnectionError'],
  ConnectionAbortedError: ['ConnectionError'],
  ConnectionRefusedError: ['ConnectionError'],
  ConnectionResetError: ['ConnectionError'],
  PermissionError: ['OSError'],
  TimeoutError: ['OSError'],
  'ssl.SSLError': ['OSError'],
  'ssl.SSLCertVerificationError': ['ssl.SSLError', 'ValueError'],
  'ssl.SSLEOFError': ['ssl.SSLError'],
  ValueError: ['Exception'],
  NameError: ['Exception'],
  TypeError: ['Exception'],
  ExchangeError: ['Exception'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PythonClass = keyof typeof pythonBases;

/** Older names of the same objects: `socket.error is OSError` since 3.3, `socket.timeout is TimeoutError` since 3.10. */
export const pythonAliases: Readonly<Partial<Record<PythonClass, readonly string[]>>> = {
  OSError: ['socket.error', 'IOError', 'EnvironmentError'],
  TimeoutError: ['socket.timeout'],
  'ssl.SSLCertVerificationError': ['ssl.CertificateError'],
};

/** PEP 3151: the errno values that have a class of their own; every other one is an OSError. */
const classOfErrno: Readonly<Record<string, PythonClass>> = {
  EAGAIN: 'BlockingIOError',
  EALREADY: 'BlockingIOError',
  EINPROGRESS: 'BlockingIOError',
  EPIPE: 'BrokenPipeError',
  ESHUTDOWN: 'BrokenPipeError',
  ECONNABORTED: 'ConnectionAbortedError',
  ECONNREFUSED: 'ConnectionRefusedError',
  ECONNRESET: 'ConnectionResetError',
  EACCES: 'PermissionError',
  EPERM: 'PermissionError',
  ETIMEDOUT: 'TimeoutError',
};

/** The class that Python raises for this errno, or for this EAI_ code of getaddrinfo(). */
export function pythonClassOf(symbol: string): PythonClass {
  // EAI_SYSTEM only says that errno tells more, and Python raises that one instead.
  if (symbol.startsWith('EAI_') && symbol !== 'EAI_SYSTEM') return 'socket.gaierror';
  return classOfErrno[symbol] ?? 'OSError';
}

/** A class and everything it is derived from, nearest first, as its `__mro__` has it without `object`. */
export function lineageOf(name: PythonClass): PythonClass[] {
  const found: PythonClass[] = [];
  const visit = (one: PythonClass): void => {
    // A base that two share comes after both (C3 linearization); these few classes need no more than this.
    const at = found.indexOf(one);
    if (at !== -1) found.splice(at, 1);
    found.push(one);
    for (const base of pythonBases[one]) visit(base as PythonClass);
  };
  visit(name);
  return found;
}

/** The classes derived from this one, in the order of the table. */
export function derivedFrom(name: PythonClass): PythonClass[] {
  const names = Object.keys(pythonBases) as PythonClass[];
  return names.filter(one => (pythonBases[one] as readonly string[]).includes(name));
}
