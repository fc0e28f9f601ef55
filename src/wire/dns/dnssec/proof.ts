/** Whether records deny what they should, and in words how, or what is missing. */
export interface Proof {
  readonly proved: boolean;
  /** Without a capital and a full stop: it goes on a sentence. */
  readonly says: string;
  /** The name has NS records: it is delegated. */
  readonly delegated?: boolean;
  /** The span that covers the name may hold unsigned delegations (RFC 5155 §6). */
  readonly optOut?: boolean;
}
