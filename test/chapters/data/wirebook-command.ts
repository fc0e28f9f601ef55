import {spawnSync} from 'node:child_process';
import {nodeProgram, wirebookScript} from '../../support/wirebook.ts';

/** The built program on its command line, with bytes in and bytes out. */
export function wirebook(words: readonly string[], input: Uint8Array | string = '') {
  const {status, stdout, stderr} = spawnSync(nodeProgram, [wirebookScript, ...words], {
    input,
    maxBuffer: 256 * 1024 * 1024,
  });
  return {code: status, out: stdout, text: stdout.toString(), err: stderr.toString()};
}

/** What `--json` printed, line by line. */
export function events(text: string): readonly Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);
}
