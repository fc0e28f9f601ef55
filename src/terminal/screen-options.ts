import type {ColourLevel} from './colour.ts';
import type {After} from './decoder/reader.ts';
import type {TerminalInput, TerminalOutput} from './streams.ts';

export interface ScreenOptions {
  readonly stdout: TerminalOutput;
  readonly stdin: TerminalInput;
  readonly level: ColourLevel;
  readonly mouse?: boolean;
  readonly kitty?: boolean;
  /** Milliseconds an Escape may be the start of a sequence (see decoder/reader.ts). */
  readonly escapeDelay?: number;
  readonly framesPerSecond?: number;
  readonly now?: () => number;
  readonly after?: After;
}
