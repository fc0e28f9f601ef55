import {fork} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import type {FromActor} from '../../../src/world/actors/messages.ts';

const built = join(import.meta.dirname, '../../../dist');
const folder = mkdtempSync(join(tmpdir(), 'wirebook-actor-'));
afterEach(() => rmSync(folder, {recursive: true, force: true}));

describe('the process of an actor', () => {
  test('where koffi is not installed, says so, and ends with its parent’s channel', async () => {
    // A copy away from node_modules: there is no koffi to be found from there.
    for (const name of readdirSync(built))
      if (/^(actor|chunk-.*)\.js$/.test(name)) cpSync(join(built, name), join(folder, name));
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
    const child = fork(join(folder, 'actor.js'), ['alone', '0', '0'], {serialization: 'advanced', execArgv: []});
    const exit = once(child, 'exit');
    const [message] = (await once(child, 'message')) as [FromActor];
    expect(message).toMatchObject({type: 'ready', pid: child.pid});
    const why = message.type === 'ready' ? message.why : '';
    expect(why).toMatch(process.platform === 'linux' ? /koffi.*npm install koffi/ : /Linux/);
    if (child.connected) child.disconnect();
    await exit;
  });
});
