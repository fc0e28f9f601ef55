import {isMainThread} from 'node:worker_threads';
import {runHost} from './host.ts';
import {runThread} from './thread.ts';

// One file for both halves: the process starts its threads from the file it was started from.
if (isMainThread) runHost();
else runThread();
