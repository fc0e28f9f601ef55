import {Resolver} from 'node:dns/promises';
import {readFileSync} from 'node:fs';
import {monitorEventLoopDelay} from 'node:perf_hooks';

/** The same with the resolver that Node brings (c-ares). */
const [server = '127.0.0.1:53', file = '', inFlight = '64'] = process.argv.slice(2);
const resolver = new Resolver({timeout: 2000, tries: 3});
resolver.setServers([server]);
const names = readFileSync(file, 'utf8').trim().split('\n');
const turn = names.values();
const delay = monitorEventLoopDelay({resolution: 2});
let lost = 0;
delay.enable();
const start = performance.now();
await Promise.all(
  Array.from({length: Number(inFlight)}, async () => {
    for (const line of turn) {
      try {
        await resolver.resolve4(line.split(' ')[0]!);
      } catch {
        lost++;
      }
    }
  }),
);
const seconds = (performance.now() - start) / 1000;
delay.disable();
process.stdout.write(JSON.stringify({rate: (names.length - lost) / seconds, lost, delay: delay.percentile(99) / 1e6}));
