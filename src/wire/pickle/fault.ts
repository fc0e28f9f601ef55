/**
 * Why Python would refuse these bytes: the class of its exception and its words, and where the opcode is that brought
 * it about. `Limit` and `Refused` are ours: Python would have gone on, and we do not.
 */
export interface PickleFault {
  readonly kind: 'fault';
  readonly class: FaultClass;
  readonly message: string;
  /** Offset of the opcode in the input. */
  readonly offset: number;
}

export type FaultClass =
  | 'AttributeError'
  | 'EOFError'
  | 'IndexError'
  | 'OverflowError'
  | 'TypeError'
  | 'UnicodeDecodeError'
  | 'UnpicklingError'
  | 'ValueError'
  | 'Limit'
  | 'Refused';

/** A fault whose place is not known yet; whoever runs the opcodes says where it was with {@link at}. */
export function fault(className: FaultClass, message: string): PickleFault {
  return {kind: 'fault', class: className, message, offset: -1};
}

/** The same fault, at this offset. */
export function at(offset: number, problem: PickleFault): PickleFault {
  return {...problem, offset};
}

/** Tells a fault from what was hoped for. */
export function isFault(outcome: unknown): outcome is PickleFault {
  return typeof outcome === 'object' && outcome !== null && 'kind' in outcome && outcome.kind === 'fault';
}
