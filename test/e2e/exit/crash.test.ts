import {join} from 'node:path';
import {expect, test} from 'vitest';
import {leavesNothing} from './leaving.ts';

const NODE_OPTIONS = `--import ${join(import.meta.dirname, '../../support/crash.mjs')}`;

for (const [way, says] of [
  ['exception', 'thrown on purpose'],
  ['rejection', 'rejected on purpose'],
] as const) {
  test(`an ${way} nobody caught: 70, with a report on the plain screen`, async () => {
    const text = await leavesNothing({code: 70, env: {NODE_OPTIONS, CRASH: way}, leave: () => undefined});
    expect(text).toContain('Please report this');
    expect(text).toContain(says);
  });
}
