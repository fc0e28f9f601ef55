import type {Endpoint} from '../types.ts';

/** `root` knows who keeps which top-level domain and which addresses; `registry` keeps the records. */
export type WhoisRole = 'root' | 'registry';

export interface WhoisOptions extends Endpoint {
  readonly role: WhoisRole;
  /** Where both really listen: asked when a referral is written, for the other may start later. */
  readonly peers: () => {readonly root: Endpoint; readonly registry: Endpoint};
}

export interface WhoisServer extends Endpoint {
  counts(): {readonly queries: number};
  close(): Promise<void>;
}
