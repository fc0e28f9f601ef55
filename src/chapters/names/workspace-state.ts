import type {ByteRange} from '../../journal/event.ts';
import type {Told, Verb, WorkspaceEvent} from './workspace-shape.ts';

export interface Output {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: ByteRange;
}

export interface WorkspaceState {
  readonly verb: Verb;
  /** The directory that was looked at last. */
  readonly dir: string;
  readonly busy: boolean;
  readonly workspaces: readonly Told<'workspace'>[];
  readonly parts: readonly Told<'part'>[];
  readonly faults: readonly Told<'fault'>[];
  readonly shell: Told<'shell'> | undefined;
  readonly outputs: readonly Output[];
  readonly ran: Told<'ran'> | undefined;
  readonly venv: readonly Told<'venv'>[];
  readonly notices: readonly string[];
}

export const startWorkspace: WorkspaceState = {
  verb: 'list',
  dir: '',
  busy: false,
  workspaces: [],
  parts: [],
  faults: [],
  shell: undefined,
  outputs: [],
  ran: undefined,
  venv: [],
  notices: [],
};

const kept = 300;

/** What each verb begins anew; the rest of the screen stays. */
const fresh: Readonly<Record<Verb, Partial<WorkspaceState>>> = {
  list: {workspaces: []},
  create: {parts: [], faults: []},
  check: {parts: [], faults: []},
  activate: {shell: undefined},
  deactivate: {shell: undefined},
  run: {outputs: [], ran: undefined},
  virtualenv: {venv: []},
};

export function reduceWorkspace(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  const {seq: _seq, t: _t, run: _run, kind: _kind, bytes, ...fields} = event;
  switch (event.kind) {
    case 'began':
      // What was said before is of the time before.
      return {...state, ...fresh[event.verb], notices: [], verb: event.verb, dir: event.dir || state.dir, busy: true};
    case 'done':
      return {...state, busy: false};
    case 'workspace':
      return {...state, workspaces: [...state.workspaces, fields as Told<'workspace'>]};
    case 'part':
      return {...state, parts: [...state.parts, fields as Told<'part'>]};
    case 'fault':
      return {...state, faults: [...state.faults, fields as Told<'fault'>].slice(-kept)};
    case 'shell':
      return {...state, shell: fields as Told<'shell'>};
    case 'output':
      if (bytes === undefined) return state;
      return {...state, outputs: [...state.outputs, {stream: event.stream, bytes}].slice(-kept)};
    case 'ran':
      return {...state, ran: fields as Told<'ran'>};
    case 'venv':
      return {...state, venv: [...state.venv, fields as Told<'venv'>]};
    case 'notice':
      return {...state, notices: [...state.notices, event.says].slice(-20)};
  }
}
