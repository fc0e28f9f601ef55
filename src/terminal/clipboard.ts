import {mkdtempSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type CopyTool, toolsFor} from './clipboard-tools.ts';

export type {CopyTool} from './clipboard-tools.ts';

/** How a copy went. OSC 52 has no answer, so `terminal` means sent; `tool` means that the program ended well. */
export type CopyResult =
  | {
      readonly ok: true;
      readonly way: 'terminal' | 'tool' | 'file';
      readonly bytes: number;
      readonly say: string;
      readonly file?: string;
    }
  | {readonly ok: false; readonly bytes: number; readonly say: string};

export interface CopyOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Sends a sequence to the terminal (`screen.send`). Absent where there is none. */
  readonly send?: (sequence: string) => void;
  /** Whether a program is in the PATH. */
  readonly has: (program: string) => boolean;
  /** Runs a program with the text on its standard input; whether it ended well. */
  readonly run: (tool: CopyTool, text: string) => Promise<boolean>;
  /** The folder for the last resort. */
  readonly folder: string;
}

/** Terminals give up on longer sequences; 74 994 base64 characters is what xterm and others still take. */
const longestBase64 = 74_994;

/**
 * Copies text. The terminal's own clipboard first (OSC 52 works over SSH), and on this machine a clipboard program as
 * well, since many terminals ignore OSC 52 silently; where neither can be, a file that only the user can read.
 */
export async function copy(text: string, options: CopyOptions): Promise<CopyResult> {
  const bytes = Buffer.byteLength(text);
  const sent = sendToTerminal(text, options);
  for (const tool of toolsFor(options.env, options.platform)) {
    if (!options.has(tool.program) || !(await options.run(tool, text))) continue;
    return {
      ok: true,
      way: 'tool',
      bytes,
      say: `Copied ${count(bytes)} with ${tool.program}${sent ? ' and through the terminal' : ''}.`,
    };
  }
  if (sent) return {ok: true, way: 'terminal', bytes, say: `Copied ${count(bytes)} through the terminal (OSC 52).`};
  return toFile(text, bytes, options.folder);
}

/** `OSC 52 ; c ; base64 ST`; inside tmux and screen wrapped in a DCS that they pass on. `undefined` when it is too long. */
export function osc52(text: string, env: CopyOptions['env']): string | undefined {
  const base64 = Buffer.from(text).toString('base64');
  if (base64.length > longestBase64) return undefined;
  const sequence = `\x1b]52;c;${base64}\x07`;
  if (env.TMUX) return `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
  // screen cuts a DCS at 768 bytes, so the sequence goes through in pieces.
  if (env.STY) return (sequence.match(/.{1,700}/gs) ?? []).map(piece => `\x1bP${piece}\x1b\\`).join('');
  return sequence;
}

/** The Linux console and Apple's Terminal are known to ignore it. */
function sendToTerminal(text: string, {env, send}: CopyOptions): boolean {
  const deaf = env.TERM === 'linux' || env.TERM === 'dumb' || env.TERM_PROGRAM === 'Apple_Terminal';
  const sequence = send === undefined || deaf ? undefined : osc52(text, env);
  if (sequence === undefined) return false;
  send?.(sequence);
  return true;
}

function toFile(text: string, bytes: number, folder: string): CopyResult {
  try {
    const file = join(mkdtempSync(join(folder, 'wirebook-')), 'copied.txt');
    writeFileSync(file, text, {mode: 0o600, flag: 'wx'});
    return {ok: true, way: 'file', bytes, file, say: `No clipboard here. Wrote ${count(bytes)} to ${file}.`};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      bytes,
      say: `No clipboard here, and no file could be written: ${reason}. Set TMPDIR to a folder you may write to.`,
    };
  }
}

function count(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}
