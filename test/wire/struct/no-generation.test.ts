import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {expect, test} from 'vitest';

const source = join(import.meta.dirname, '../../../src/wire/struct/struct.ts');

test('where code generation is disallowed, formats are interpreted', () => {
  const script = `
    const {Struct} = await import(${JSON.stringify(source)});
    const struct = new Struct('!IHB');
    console.log(JSON.stringify([struct.mode, [...struct.pack(1, 2, 3)], struct.unpack(struct.pack(1, 2, 3))]));`;
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '-e', script];
  const ran = spawnSync(process.execPath, flags, {encoding: 'utf8'});
  expect(ran.stderr).toBe('');
  expect(JSON.parse(ran.stdout)).toEqual(['interpreted', [0, 0, 0, 1, 0, 2, 3], [1, 2, 3]]);
});
