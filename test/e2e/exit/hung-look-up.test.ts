import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openTerminal} from '../../support/terminal.ts';
import {descendants, isAlive} from '../../support/traces.ts';
import {nodeProgram, wirebookScript} from '../../support/wirebook.ts';

/** Seconds that libc waits for the name server, which says nothing. */
const patience = 25;

const apart = ['--user', '--map-root-user', '--net', '--mount'];
const allowed = spawnSync('unshare', [...apart, 'sh', '-c', 'ip link set lo up']).status === 0;
if (!allowed)
  console.warn('a network of its own is not allowed here: quitting during a look-up that hangs is not tried');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-hung-'));
  writeFileSync(join(folder, 'resolv.conf'), `nameserver 127.0.0.1\noptions timeout:${patience} attempts:1\n`);
  writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: dns\n');
  // Takes every question, and ends by itself when nobody ends it.
  writeFileSync(
    join(folder, 'silent.mjs'),
    `import dgram from 'node:dgram';
import {writeFileSync} from 'node:fs';
dgram.createSocket('udp4').bind(53, '127.0.0.1', () => writeFileSync(process.argv[2], String(process.pid)));
setTimeout(() => process.exit(), 60_000);
`,
  );
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Wirebook in a network of its own, in which a name server listens and never answers. */
const prepare = `set -e
ip link set lo up
mount --bind "$1/resolv.conf" /etc/resolv.conf
mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
if [ -d /var/run/nscd ]; then mount -t tmpfs none /var/run/nscd; fi
"$2" "$1/silent.mjs" "$1/$4" &
while [ ! -s "$1/$4" ]; do sleep 0.05; done
exec "$2" "$3" names lookup slow.test --sources none`;

test.skipIf(!allowed).each([
  ['q', 0],
  ['ctrl+c', 0],
] as const)('%s while a look-up hangs leaves at once, and nothing behind', async (key, code) => {
  const pidFile = `silent-${key}`;
  const words = [...apart, 'sh', '-c', prepare, 'wirebook', folder, nodeProgram, wirebookScript, pidFile];
  await using terminal = await openTerminal({
    command: 'unshare',
    args: words,
    columns: 100,
    rows: 30,
    cwd: folder,
    env: {HOME: folder, XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder, NODE_COMPILE_CACHE: ''},
  });
  try {
    await terminal.waitFor('The look-up is under way', 20_000);
    await terminal.waitFor('1 running');
    const silent = Number(readFileSync(join(folder, pidFile), 'utf8'));
    const others = () => descendants(terminal.pid).filter(pid => pid !== silent);
    await expect.poll(() => others().length, {timeout: 10_000}).toBeGreaterThan(0);
    const children = others();
    const began = performance.now();
    terminal.press(key);
    const ended = await terminal.exited;
    expect(ended.code).toBe(code);
    // It did not wait for the look-up.
    expect((performance.now() - began) / 1000).toBeLessThan(patience / 2);
    expect(terminal.modes().alternateScreen).toBe(false);
    await expect.poll(() => children.filter(isAlive), {timeout: 5000}).toEqual([]);
  } finally {
    const silent = Number(readFileSync(join(folder, pidFile), 'utf8'));
    if (isAlive(silent)) process.kill(silent, 'SIGKILL');
  }
});
