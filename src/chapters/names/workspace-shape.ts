import type {EventOf, FieldsOf} from '../../journal/event.ts';
import {choice, described, flag, integer, json, list, number, optional, text} from '../../journal/shape.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import {splitShell} from '../../wire/text/split-shell.ts';
import {type AskOf, choiceField, type Field, textField} from '../fields.ts';

export const verbs = ['list', 'create', 'check', 'activate', 'deactivate', 'run', 'virtualenv'] as const;
export type Verb = (typeof verbs)[number];

/** Words of a command line, kept as a shell would have to read them: a word may hold spaces. */
const command: Field<string> = {
  ...textField({
    label: 'Command',
    default: '',
    check: typed => {
      const split = splitShell(typed);
      return split.ok ? undefined : `The ${split.quote} is never closed: add another`;
    },
    hint: 'what run runs, as in a shell: dig -p 5300 @127.4.0.53 www.home.test',
  }),
  join: words => words.map(quoteShell).join(' '),
};

export const workspaceFields = {
  verb: choiceField({
    label: 'Do',
    options: verbs,
    default: 'list',
    hint: 'virtualenv: the commands of the book’s virtualenv, each with what it changed',
  }),
  dir: textField({
    label: 'Directory',
    default: '',
    hint: 'the workspace; empty: the active one',
    check: typed => (typed.includes('\0') ? 'A path ends at its first zero byte: leave that out' : undefined),
  }),
  command,
  shell: choiceField({
    label: 'Shell',
    options: ['auto', 'sh', 'fish'],
    default: 'auto',
    hint: 'whose language activate speaks: sh is bash, zsh and dash; auto: that of $SHELL',
  }),
};

export type WorkspaceAsk = AskOf<typeof workspaceFields>;

const seconds = described(number, 'how long it took');

export const workspaceEvents = {
  began: {says: 'Something is done with a workspace.', fields: {verb: choice(...verbs), dir: text}},
  done: {says: 'It has ended.', fields: {}},
  workspace: {
    says: 'A workspace that is known on this machine.',
    fields: {
      path: text,
      created: described(text, 'when, as ISO 8601'),
      there: described(flag, 'whether the directory is still a workspace'),
      active: described(flag, 'whether WIREBOOK_WORKSPACE names it'),
    },
  },
  part: {
    says: 'One part of a workspace, looked at: what it is for and whether it is good.',
    fields: {
      name: described(text, 'its path within the workspace'),
      path: text,
      status: choice('made', 'good', 'faulty', 'missing'),
      purpose: described(text, 'what it is for'),
      says: described(text, 'what was found in it'),
    },
  },
  fault: {
    says: 'A mistake in a file of the workspace.',
    fields: {file: text, line: described(integer, 'from 1; 0: the whole file'), says: text},
  },
  shell: {
    says: 'A line for the shell to eval.',
    fields: {
      shell: choice('sh', 'fish'),
      line: text,
      how: described(text, 'how the shell is told to do it'),
      changes: described(list(text), 'the variables that it changes, and how'),
    },
  },
  output: {
    says: 'What a command that was run has written. bytes: just that.',
    fields: {stream: choice('stdout', 'stderr')},
    bytes: true,
  },
  ran: {
    says: 'A command was run in a workspace, and has ended.',
    fields: {
      command: described(list(text), 'its words'),
      environment: described(json, 'the variables that were set for it'),
      code: optional(described(integer, 'its exit code')),
      ended: optional(described(text, 'the signal that ended it')),
      seconds,
    },
  },
  venv: {
    says: 'One step with a virtual environment of Python, made in a temporary directory.',
    fields: {
      number: described(integer, 'from 1'),
      book: described(text, 'the command as the book has it'),
      command: described(text, 'the command that was run'),
      status: choice('done', 'failed', 'impossible'),
      output: described(text, 'what it printed'),
      changed: described(list(text), 'what is otherwise than before'),
      why: optional(described(text, 'why it could not be done')),
      seconds,
    },
  },
  notice: {says: 'A sentence about what was done or could not be.', fields: {says: text}},
} as const;

export type WorkspaceEvent = EventOf<typeof workspaceEvents>;
export type Told<Kind extends keyof typeof workspaceEvents> = FieldsOf<typeof workspaceEvents, Kind>;
