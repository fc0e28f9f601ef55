import {createWorld} from '../../../src/world/world.ts';

// Starts an actor whose thread is blocked for ever, and a child of it, says their numbers and waits to be killed.
const world = createWorld();
const actor = await world.actors.start({name: 'blocked'});
const {result: fd} = await actor.call('socket', ['AF_INET', 'SOCK_STREAM']);
await actor.call('bind', [fd, {family: 'AF_INET', host: '127.0.0.1', port: 0}]);
await actor.call('listen', [fd, 1]);
const child = await actor.spawnChild({name: 'child', inherit: [fd]});
for (const [one, its] of [
  [actor, fd],
  [child, child.inherited[0]!],
] as const)
  one.call('accept4', [its]).catch(() => undefined);
// Not before both are in the kernel.
await actor.sample(fd);
await child.sample(child.inherited[0]!);
setTimeout(() => console.log(JSON.stringify([actor.pid, child.pid])), 100);
setTimeout(() => process.exit(1), 20_000);
