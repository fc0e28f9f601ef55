/**
 * What the experiments of this chapter do when they run, in one piece that is loaded with the first of them: the menu
 * needs none of it, and many small pieces would take longer to find than to read.
 */
export {runBulk} from './bulk-run.ts';
export {runLookup} from './lookup-run.ts';
export {runMail} from './mail-run.ts';
export {runQuery} from './query-run.ts';
export {ServicesBench} from './services-bench.ts';
export {runTrace} from './trace-run.ts';
export {runWhois} from './whois-run.ts';
