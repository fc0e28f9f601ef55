import {monitorEventLoopDelay} from 'node:perf_hooks';
import {defaultsOf} from '../src/chapters/fields.ts';
import {bulkExperiment} from '../src/chapters/names/bulk.ts';
import {Workbench} from '../src/chapters/workbench.ts';
import {createWorld} from '../src/world/world.ts';

/** Asks as the explorer does, with all events and nobody to print them, and prints the figures of the run and of this thread. */
const [server = '127.0.0.1:53', file = '', inFlight = '64'] = process.argv.slice(2);
const bench = new Workbench(createWorld());
const fields = {...defaultsOf(bulkExperiment.fields), file, server, concurrency: Number(inFlight)};
const delay = monitorEventLoopDelay({resolution: 2});
const run = bench.start(bulkExperiment, {...fields, recursion: false});
delay.enable();
let summary: Readonly<Record<string, unknown>> = {};
run.subscribe(event => {
  if (event?.kind === 'summary') summary = event;
});
await run.ended;
delay.disable();
const lost = Number(summary['timeouts']) + Number(summary['failed']);
process.stdout.write(JSON.stringify({rate: summary['rate'], lost, delay: delay.percentile(99) / 1e6}));
await bench.close();
