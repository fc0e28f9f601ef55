import {expect, test} from 'vitest';
import {
  choice,
  flag,
  integer,
  json,
  list,
  number,
  objectSchema,
  optional,
  record,
  text,
} from '../../src/journal/shape.ts';

test('a shape is its JSON Schema', () => {
  const fields = {
    name: text,
    size: integer,
    ratio: optional(number),
    open: flag,
    state: choice('a', 'b'),
    parts: list(record({at: integer, note: optional(text)})),
    any: json,
  };
  expect(objectSchema(fields)).toEqual({
    type: 'object',
    properties: {
      name: {type: 'string'},
      size: {type: 'integer'},
      ratio: {type: 'number'},
      open: {type: 'boolean'},
      state: {enum: ['a', 'b']},
      parts: {
        type: 'array',
        items: {type: 'object', properties: {at: {type: 'integer'}, note: {type: 'string'}}, required: ['at']},
      },
      any: {},
    },
    required: ['name', 'size', 'open', 'state', 'parts', 'any'],
  });
  expect(objectSchema({})).toEqual({type: 'object', properties: {}});
});
