import type {Asker, Told} from './respond.ts';

/** One question that a server of the lab has answered. */
export interface Asked extends Told {
  /** The server that was asked. */
  readonly server: string;
  readonly asker: Asker;
}
