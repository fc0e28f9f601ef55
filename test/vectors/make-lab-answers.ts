/**
 * Makes lab-answers.json: for each set of records of the lab's zones, the lines that dig prints of the lab's own answer.
 *
 *     npx node test/vectors/make-lab-answers.ts
 */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {startLab} from '../../src/lab/lab.ts';
import {typeName} from '../../src/wire/dns/tables.ts';
import {createWorld} from '../../src/world/world.ts';
import {ran} from '../lab/dns/tools.ts';
import {ownSets} from '../lab/dns/zones.ts';

const lab = await startLab(createWorld());
const answers: Record<string, string> = {};
const sets = ownSets().filter(({set}) => typeName(set[0]!.type) !== 'NSEC');
for (const {server, set} of sets) {
  const {address, port} = lab.reach(server, 53);
  const [name, type] = [set[0]!.name, typeName(set[0]!.type)];
  const words = [`@${address}`, '-p', String(port), '+noall', '+answer', '+norecurse', '+tcp', '+unknownformat', name, type];
  answers[`${server} ${name} ${type}`] = await ran('dig', words);
}
writeFileSync(join(import.meta.dirname, 'lab-answers.json'), `${JSON.stringify(answers, undefined, 1)}\n`);
await lab.close();
