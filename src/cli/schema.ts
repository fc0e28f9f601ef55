import type {AnyExperiment} from '../chapters/contract.ts';
import {settings} from '../chapters/settings.ts';
import type {EventKind} from '../journal/event.ts';
import type {JsonSchema} from '../journal/shape.ts';
import {objectSchema} from '../journal/shape.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/**
 * The JSON Schema (2020-12) of one line of `--json`: an event of any experiment, `error` or `end`. Under `$defs` each
 * experiment has a schema of its own lines, and one of what it may be asked.
 */
export function eventsSchema(experiments: readonly AnyExperiment[]): JsonSchema {
  const own = experiments.map(experiment => [experiment.id, linesOf(experiment)] as const);
  const asks = experiments.map(({id, fields}) => [`${id}.ask`, askSchema(fields)] as const);
  return {
    $schema: dialect,
    title: 'A line that wirebook prints with --json',
    anyOf: [...own.map(([id]) => ({$ref: `#/$defs/${id}`})), {$ref: '#/$defs/error'}, {$ref: '#/$defs/end'}],
    $defs: {...Object.fromEntries(own), ...Object.fromEntries(asks), problem, error, end},
  };
}

/** The JSON Schema of the configuration file. */
export function configSchema(): JsonSchema {
  const properties = Object.fromEntries(Object.entries(settings).map(([name, {schema}]) => [name, schema]));
  const keys = {
    type: 'object',
    description: 'Keys given to actions instead of their own, by the names that wirebook keys prints.',
    additionalProperties: {type: 'string'},
  };
  return {
    $schema: dialect,
    title: 'config.json of wirebook',
    type: 'object',
    properties: {$schema: {type: 'string'}, ...properties, keys},
    additionalProperties: false,
  };
}

function linesOf({title, events}: AnyExperiment): JsonSchema {
  return {title, anyOf: Object.entries(events).map(([kind, declared]) => eventSchema(kind, declared))};
}

function eventSchema(kind: string, {says, fields, bytes}: EventKind): JsonSchema {
  const declared = objectSchema(fields) as {properties: object; required?: readonly string[]};
  const carried = bytes === true ? {length: count('how many bytes'), bytes: hex} : {};
  return {
    type: 'object',
    description: says,
    properties: {
      kind: {const: kind},
      ...stamp,
      seq: count('counts the events of a run, from 0'),
      ...declared.properties,
      ...carried,
    },
    required: ['kind', 't', 'run', 'seq', ...(declared.required ?? [])],
  };
}

const askSchema = (fields: AnyExperiment['fields']): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(fields).map(([name, {schema}]) => [name, schema])),
});

const count = (description: string): JsonSchema => ({type: 'integer', minimum: 0, description});

const stamp = {
  t: {type: 'number', minimum: 0, description: 'seconds since the run started, monotonic'},
  run: count('the run it belongs to'),
};

const hex: JsonSchema = {
  type: ['string', 'null'],
  pattern: '^([0-9a-f]{2})*$',
  description: 'in hexadecimal; null when they made room for newer ones',
};

const problem: JsonSchema = {
  type: 'object',
  description: 'a failure: what happened, and what to try next',
  properties: {
    code: {type: 'string', description: 'stable'},
    says: {type: 'string'},
    next: {type: 'string'},
    verbatim: {type: 'boolean', description: 'true when says is the text of another program, word for word'},
    mark: {
      type: 'object',
      description: 'what was typed, and where in it the mistake is',
      properties: {text: {type: 'string'}, at: {type: 'integer'}},
      required: ['text', 'at'],
    },
    errno: {type: 'string', description: 'the kernel’s word for it'},
    fix: {
      type: 'object',
      description: 'a way out: the experiment again, with these fields changed',
      properties: {title: {type: 'string'}, ask: {type: 'object'}},
      required: ['title', 'ask'],
    },
  },
  required: ['code', 'says'],
};

const error: JsonSchema = {
  type: 'object',
  description: 'Something went wrong; the end follows.',
  properties: {
    kind: {const: 'error'},
    ...stamp,
    action: {type: 'string', description: 'the action that failed, if one did'},
    problem: {$ref: '#/$defs/problem'},
  },
  required: ['kind', 't', 'run', 'problem'],
};

const end: JsonSchema = {
  type: 'object',
  description: 'Always the last line: how it ended, the exit code, and what could not be printed.',
  properties: {
    kind: {const: 'end'},
    ...stamp,
    status: {enum: ['done', 'failed', 'stopped', 'timeout', 'interrupted']},
    code: {type: 'integer', description: 'the exit code'},
    dropped: {
      type: 'object',
      properties: {events: count('events that are not here'), bytes: count('bytes that are not here')},
      required: ['events', 'bytes'],
    },
    problem: {$ref: '#/$defs/problem'},
  },
  required: ['kind', 't', 'run', 'status', 'code', 'dropped'],
};
