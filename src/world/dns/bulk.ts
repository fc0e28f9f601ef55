import {Worker} from 'node:worker_threads';
import {type Problem, ProblemError, problemOf} from '../../journal/problem.ts';
import type {Bulk, BulkBatch, BulkListener, BulkOptions, BulkPace, BulkReport} from './bulk-types.ts';

export type ToBulk =
  | {readonly type: 'give'; readonly batch: BulkBatch}
  | {readonly type: 'pace'; readonly change: Partial<BulkPace>}
  | {readonly type: 'cancel'}
  | {readonly type: 'close'};

export type FromBulk =
  | {readonly type: 'ready'}
  | {readonly type: 'refused'; readonly problem: Problem}
  | {readonly type: 'report'; readonly report: BulkReport}
  | {readonly type: 'cancelled'};

/** An engine on a thread of its own. Rejects with a ProblemError where no socket can be had. */
export function startBulk(options: BulkOptions, tell: BulkListener): Promise<Bulk> {
  const worker = new Worker(program(), {workerData: options, name: 'dns bulk'});
  const send = (message: ToBulk, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
  const exited = new Promise<void>(done => worker.once('exit', () => done()));
  const bulk: Bulk = {
    give: batch => send({type: 'give', batch}, [batch.bytes.buffer, batch.ends.buffer] as ArrayBuffer[]),
    pace: change => send({type: 'pace', change}),
    cancel: () => send({type: 'cancel'}),
    async close() {
      send({type: 'close'});
      const late = setTimeout(() => void worker.terminate(), closingMilliseconds);
      await exited;
      clearTimeout(late);
    },
  };
  return new Promise((resolve, reject) => {
    worker.on('error', cause => {
      reject(cause);
      tell({
        results: [],
        counts: noCounts,
        fatal: {code: 'dns.thread', says: `The asking thread ended: ${problemOf(cause).says}`},
      });
    });
    worker.on('message', (message: FromBulk) => {
      if (message.type === 'report') tell(message.report);
      else if (message.type === 'ready') resolve(bulk);
      else if (message.type === 'refused')
        void worker.terminate().then(() => reject(new ProblemError(message.problem)));
    });
  });
}

const noCounts: BulkReport['counts'] = {
  inFlight: 0,
  waiting: 0,
  sent: 0,
  retries: 0,
  ignored: 0,
  truncated: 0,
  sockets: 0,
};

const closingMilliseconds = 300;

/** The built program lies beside the bundle; from the sources Node takes it as it is. */
function program(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './bulk-worker.ts' : './bulk-worker.js', import.meta.url);
}
