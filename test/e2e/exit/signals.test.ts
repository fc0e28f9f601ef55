import {test} from 'vitest';
import {leavesNothing} from './leaving.ts';

for (const [signal, code] of [
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const) {
  test(`${signal}: ${code}`, async () => {
    await leavesNothing({code, leave: terminal => terminal.signal(signal)});
  });
}
