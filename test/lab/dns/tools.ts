import {execFile} from 'node:child_process';

/** Runs a tool while the lab answers in this process, and gives what it printed, whatever its exit code. */
export function ran(tool: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile(
      tool,
      args,
      {encoding: 'utf8', timeout: 25_000, maxBuffer: 64 << 20},
      (error, out, complaint) => {
        if (error !== null && typeof error.code !== 'number') fail(error);
        else done(out + complaint);
      },
    );
    child.stdin?.end(input);
  });
}
