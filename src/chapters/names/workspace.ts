import {setImmediate as nextTurn} from 'node:timers/promises';
import {ProblemError} from '../../journal/problem.ts';
import {define, type TextLine} from '../contract.ts';
import {choiceField, textField} from '../fields.ts';
import {workspaceEquivalents} from './workspace-equivalents.ts';
import type {WorkspaceKit} from './workspace-session.ts';
import {
  type Told,
  type Verb,
  type WorkspaceAsk,
  type WorkspaceEvent,
  workspaceEvents,
  workspaceFields,
} from './workspace-shape.ts';
import {reduceWorkspace, startWorkspace, type WorkspaceState} from './workspace-state.ts';

const idle = ({busy}: WorkspaceState): true | string => !busy || 'Something is under way: wait until it has ended';

const dir = textField({label: 'Directory', default: '', hint: 'the workspace; empty: the one looked at last'});
const shell = choiceField({label: 'Shell', options: ['auto', 'sh', 'fish'], default: 'auto'});

export const workspaceExperiment = define({
  id: 'names.workspace',
  title: 'Workspace',
  teaches:
    'A directory with names, zones, a certificate authority and settings of its own, as a virtualenv is for Python.',
  opens: 'with its form',
  positionals: ['verb', 'dir'],
  rest: 'command',
  fields: workspaceFields,
  events: workspaceEvents,
  actions: {
    create: {
      key: 'c',
      title: 'Create a workspace',
      hint: 9,
      possible: idle,
      fields: {
        dir: textField({label: 'Directory', default: 'my-lab', hint: 'new, or one in which something is missing'}),
      },
    },
    check: {key: 'a', title: 'Check every part', hint: 8, possible: idle, fields: {dir}},
    activate: {
      key: 'v',
      title: 'Show the line that activates it',
      brief: 'how to activate it',
      hint: 7,
      possible: idle,
      fields: {dir, shell},
    },
    deactivate: {
      key: 'd',
      title: 'Show the line that deactivates it',
      brief: 'how to deactivate it',
      hint: 2,
      possible: idle,
      fields: {shell},
    },
    run: {
      key: 'n',
      title: 'Run a command in it',
      hint: 6,
      possible: idle,
      fields: {
        command: textField({label: 'Command', default: 'printenv WIREBOOK_WORKSPACE', hint: 'as in a shell'}),
        dir,
      },
    },
    virtualenv: {key: 'p', title: 'Python’s virtualenv, step by step', hint: 5, possible: idle},
    refresh: {key: 'w', title: 'List the workspaces', hint: 1, possible: idle},
  },
  run: runWorkspace,
  start: (): WorkspaceState => startWorkspace,
  reduce: reduceWorkspace,
  line: workspaceLine,
  equivalents: workspaceEquivalents,
});

async function runWorkspace(ask: WorkspaceAsk, kit: WorkspaceKit): Promise<void> {
  // It brings certificates and zones with it, which nobody else should wait for.
  const {WorkspaceSession} = await import('./workspace-session.ts');
  const session = new WorkspaceSession(kit);
  let byHand = !kit.headless;
  let last = ask.dir;
  const act = (verb: Verb) => async (args: {dir?: string; command?: string; shell?: WorkspaceAsk['shell']}) => {
    byHand = true;
    if (args.dir !== undefined && args.dir.trim() !== '') last = args.dir;
    const {command = ask.command, shell: which = ask.shell} = args;
    const problem = await session.perform({verb, dir: last, command, shell: which});
    if (verb === 'create' && !kit.headless) await session.list();
    return problem;
  };
  const first = async () => {
    if (!kit.headless && ask.verb !== 'list') await session.list();
    return session.perform(ask);
  };
  const problem = await first();
  if (problem !== undefined && kit.headless) throw new ProblemError(problem);
  if (problem !== undefined && !kit.signal.aborted)
    kit.emit('notice', {says: `${problem.says}. ${problem.next ?? ''}`.trim()});
  kit.handle({
    create: act('create'),
    check: act('check'),
    activate: act('activate'),
    deactivate: act('deactivate'),
    run: act('run'),
    virtualenv: act('virtualenv'),
    refresh: act('list'),
  });
  // Steps of a command begin as soon as there is somebody to do them.
  await nextTurn();
  if (byHand) await kit.stopped();
}

function workspaceLine(event: WorkspaceEvent, bytes: Uint8Array | undefined, {verb}: WorkspaceAsk): TextLine {
  switch (event.kind) {
    case 'workspace':
      return `${event.active ? '*' : ' '} ${event.path}${event.there ? '' : '  (gone)'}`;
    case 'part':
      return `${event.status.padEnd(8)} ${event.name.padEnd(24)} ${event.says.padEnd(34)} ${event.purpose}`;
    case 'fault':
      return `${event.file}${event.line === 0 ? '' : `:${event.line}`}: ${event.says}`;
    case 'shell':
      return event.line;
    case 'output':
      if (bytes === undefined) return undefined;
      return event.stream === 'stdout' ? bytes : {aside: new TextDecoder().decode(bytes).replace(/\n$/, '')};
    case 'venv':
      return venvText(event);
    case 'notice':
      return {aside: event.says};
    case 'ran':
      return verb === 'run' ? undefined : `${event.command.join(' ')}: ${event.ended ?? event.code ?? ''}`;
    default:
      return undefined;
  }
}

function venvText({number, book, command, status, output, changed, why}: Told<'venv'>): string {
  const indented = (text: string) => text.split('\n').map(line => `     ${line}`);
  return [
    `${String(number).padStart(2)}. $ ${command}${command === book ? '' : `   (the book: ${book})`}`,
    ...(output === '' ? [] : indented(output)),
    ...changed.map(change => `     · ${change}`),
    ...(status === 'done' ? [] : [`     ${status}: ${why ?? ''}`]),
  ].join('\n');
}
