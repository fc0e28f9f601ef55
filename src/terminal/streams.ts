/** The part of a terminal's output stream that the Screen uses. `process.stdout` is one. */
export interface TerminalOutput {
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): boolean;
  on(event: 'resize' | 'drain', run: () => void): unknown;
  off(event: 'resize' | 'drain', run: () => void): unknown;
}

/** The part of a terminal's input stream that the Screen uses. `process.stdin` is one. */
export interface TerminalInput {
  setRawMode?(raw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', take: (chunk: Buffer) => void): unknown;
  on(event: 'end', run: () => void): unknown;
  off(event: 'data', take: (chunk: Buffer) => void): unknown;
  off(event: 'end', run: () => void): unknown;
}

/** The size in cells; 80 by 24 where a terminal does not say. */
export function sizeOf(stdout: TerminalOutput): {readonly width: number; readonly height: number} {
  return {width: stdout.columns || 80, height: stdout.rows || 24};
}
