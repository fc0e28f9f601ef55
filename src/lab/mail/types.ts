import type {Endpoint} from '../types.ts';

/** What a mail server of the lab does with recipients. */
export type MailBehaviour = 'accept' | 'defer' | 'refuse';

export interface MailOptions extends Endpoint {
  /** The name it greets with: `mail.example.test`. */
  readonly name: string;
  readonly behaviour: MailBehaviour;
  /** PEM of its key and of its certificate, with what signed that; without it there is no STARTTLS. */
  readonly certificate?: {readonly key: string; readonly cert: string};
  /** Offer 8BITMIME and SMTPUTF8. Default true. */
  readonly eightBit?: boolean;
  /** Bytes of a message that it takes. Default 10 MiB. */
  readonly size?: number;
}

export interface MailServer extends Endpoint {
  /** Connections taken, and messages taken. */
  counts(): {readonly connections: number; readonly messages: number};
  /** The last messages, oldest first. */
  messages(): readonly StoredMessage[];
  close(): Promise<void>;
}

/** A message as it lies in the mailbox. */
export interface StoredMessage {
  readonly id: string;
  /** The reverse path; empty for a report (RFC 5321 §4.5.5). */
  readonly from: string;
  readonly recipients: readonly string[];
  /** TLS version and cipher, when it came that way. */
  readonly tls?: string;
  /** The trace header that was put above it: Return-Path and Received (RFC 5321 §4.4). */
  readonly trace: string;
  /** What the client sent, its dots taken away again. */
  readonly content: Uint8Array;
}
