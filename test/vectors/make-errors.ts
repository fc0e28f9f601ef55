import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {askAll} from '../chapters/data/errors-programs.ts';

// What python3 and Node say to each error, as data: node test/vectors/make-errors.ts. It needs Linux, python3 and unshare.
const [python, node] = [await askAll('python'), await askAll('node')];
const path = join(import.meta.dirname, 'errors.json');
writeFileSync(path, `${JSON.stringify({python: python.said, node: node.said}, undefined, 2)}\n`);
for (const why of new Set([...python.left, ...node.left])) console.log(`left out: ${why}`);
