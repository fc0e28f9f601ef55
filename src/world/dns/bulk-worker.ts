import {parentPort, workerData} from 'node:worker_threads';
import type {FromBulk, ToBulk} from './bulk.ts';
import {BulkEngine} from './bulk-engine.ts';
import type {BulkOptions, BulkReport} from './bulk-types.ts';
import {networkProblem} from './problems.ts';

/** The thread that asks: what comes in is given to the engine, what it reports goes out. */
const port = parentPort!;
const options = workerData as BulkOptions;
const tell = (message: FromBulk): void => port.postMessage(message);
const engine = new BulkEngine(options, (report: BulkReport) => tell({type: 'report', report}));

port.on('message', (message: ToBulk) => {
  if (message.type === 'give') engine.give(message.batch);
  else if (message.type === 'pace') engine.pace(message.change);
  else if (message.type === 'cancel') {
    engine.cancel();
    tell({type: 'cancelled'});
  } else void engine.close().then(() => port.close());
});

engine.open().then(
  () => tell({type: 'ready'}),
  (error: NodeJS.ErrnoException) => tell({type: 'refused', problem: networkProblem(options.server, error)}),
);
