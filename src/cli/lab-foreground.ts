import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Lab, LabOptions} from '../chapters/open-lab.ts';
import {stringify} from '../journal/json.ts';
import {ProblemError} from '../journal/problem.ts';
import {visible} from '../wire/text/visible.ts';
import {exitCodes} from './general.ts';
import type {Io} from './io.ts';
import type {LabAsk} from './lab.ts';
import {beganAt, type LabState, readState, removeState, writeState} from './lab-state.ts';
import {anchorFile, hintsFile, stateText} from './lab-text.ts';
import {Outlet} from './outlet.ts';

/** How often the faults of a workspace are looked at for `status`. */
const refreshMilliseconds = 500;

type Asked = Parameters<NonNullable<LabOptions['log']>>[0];

/** Runs the lab in this process until a signal ends it, and prints each question: a line, or with --json NDJSON. */
export async function runForeground(folder: string, ask: LabAsk, io: Io): Promise<number> {
  const outlet = new Outlet(io.stdout);
  const started = performance.now();
  const {openLab} = await import('../chapters/open-lab.ts');
  const {typeName, responseCodeName} = await import('../wire/dns/tables.ts');
  const log = ({server, asker, question, rcode, bytes}: Asked) => {
    const asked = {
      server,
      client: `${asker.address}#${asker.port}`,
      transport: asker.transport,
      name: question?.name ?? '',
      type: question === undefined ? '' : typeName(question.type),
      rcode: responseCodeName(rcode),
      bytes,
    };
    const t = Math.round(performance.now() - started) / 1000;
    outlet.write(ask.json ? `${stringify({kind: 'query', t, ...asked})}\n` : textOf(t, asked));
  };
  const lab = await openLab({
    log,
    ...(ask.port !== 0 && {port: ask.port}),
    ...(ask.folder !== '' && {folder: ask.folder}),
  });
  try {
    // Two may have been started at once: the one that comes second leaves.
    const other = readState(folder);
    if (other !== undefined) throw upAlready(other);
    const state = describe(lab, folder, io.env);
    writeState(folder, state);
    const first = `The lab is up: process ${state.pid}. Control-C ends it.`;
    outlet.write(ask.json ? `${stringify({kind: 'up', t: 0, ...state})}\n` : `${stateText(state, first)}\n`);
    // Whoever reads the questions may leave too (`| head`).
    const gone = outlet.gone.then(() => exitCodes.done.code);
    return await until(Promise.race([io.signalled(), gone]), lab, folder, state);
  } finally {
    removeState(folder, process.pid);
    await lab.close();
    await outlet.drained();
  }
}

const upAlready = ({pid}: LabState) =>
  new ProblemError({
    code: 'lab.up',
    says: `The lab is up already: process ${pid}`,
    next: 'End it with wirebook lab down, or use it as it is.',
  });

interface AskedText {
  readonly server: string;
  readonly client: string;
  readonly transport: string;
  readonly name: string;
  readonly type: string;
  readonly rcode: string;
  readonly bytes: number;
}

function textOf(t: number, {server, client, transport, name, type, rcode, bytes}: AskedText): string {
  return (
    visible(`${t.toFixed(3)}  ${client}  ${server}  ${transport}  ${name} ${type}  ${rcode}  ${bytes} bytes`) + '\n'
  );
}

/** Writes the files that other programs want, and says where everything is. */
function describe(lab: Lab, folder: string, env: Io['env']): LabState {
  const [authority, anchors, hints] = ['authority.pem', 'anchors.conf', 'root.hints'].map(name =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(authority, lab.dns.authority);
  writeFileSync(anchors, anchorFile(lab.dns.anchors));
  writeFileSync(hints, hintsFile(lab.dns.roots));
  const workspace = env.WIREBOOK_WORKSPACE;
  return {
    pid: process.pid,
    began: beganAt(process.pid) ?? '',
    port: lab.dns.port,
    hosts: lab.hosts,
    authority,
    anchors,
    hints,
    faults: lab.faults(),
    ...(workspace !== undefined && workspace !== '' && {workspace}),
  };
}

/** The lab's sockets keep no process alive: this timer does, and tells `status` what became of the workspace's files. */
async function until(ended: Promise<number>, lab: Lab, folder: string, state: LabState): Promise<number> {
  let told = state.faults;
  const timer = setInterval(() => {
    const faults = lab.faults();
    if (faults === told) return;
    told = faults;
    writeState(folder, {...state, faults});
  }, refreshMilliseconds);
  try {
    return await ended;
  } finally {
    clearInterval(timer);
  }
}
