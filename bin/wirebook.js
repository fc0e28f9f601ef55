#!/usr/bin/env node
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
const here = name => new URL(name, import.meta.url);

if (major > 22 || (major === 22 && minor >= 12)) {
  process.env.NODE_ENV = 'production';
  module.enableCompileCache?.();
  if (existsSync(here('../dist/main.js'))) await import('../dist/main.js');
  else fail('wirebook is not built yet. Run: npm run build');
} else if (existsSync(here('../node_modules/.bin/node'))) {
  const own = here('../node_modules/.bin/node').pathname;
  const program = spawn(own, process.argv.slice(1), {stdio: 'inherit'});
  // A signal is meant for the program: it puts things away, and its exit code is ours.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal));
  program.on('exit', (status, signal) => {
    if (signal) process.removeAllListeners(signal);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = status;
  });
} else fail(`wirebook needs Node 22.12 or newer, and this is ${process.versions.node}. Run: npm ci && npm start`);

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
