import type {Difference} from '../../wire/python/differences.ts';
import type {EncodingName} from './json-shape.ts';

/** Why what came back is not what went in: what the encoding, or its reader, lacks. */
export function whyOf(name: EncodingName, {kind, types: [was, now]}: Difference): string {
  if (kind === 'key') return 'A name in a JSON object is always a text (RFC 8259 §4).';
  if (kind === 'order') return 'JavaScript puts keys that are whole numbers first.';
  if (kind === 'lost') return 'Two keys became one, which has one value.';
  const {[`${kind} ${was}`]: because, [`type to ${now}`]: become} = reasons[name];
  return (
    because ??
    become ??
    (kind === 'value' ? 'Two keys became one: the later value stays.' : 'It has no way to write the type.')
  );
}

const rows = 'It knows one kind of row, and Python reads that as a list.';
const bytes = 'It knows one kind of bytes.';

/** By what differs and the type that went in, or else the type that came back. */
const reasons: Readonly<Record<EncodingName, Readonly<Record<string, string>>>> = {
  json: {'type tuple': rows},
  javascript: {
    'type tuple': 'JSON knows one kind of row, an array.',
    'type float': 'JavaScript has one kind of number: 1.0 is 1.',
    'type int': 'No double of JavaScript is so large.',
    'value int': 'A number of JavaScript is a double: beyond 2^53 the last digits are lost. JSON itself holds them.',
  },
  pickle: {},
  msgpack: {'type tuple': rows, 'type bytearray': bytes},
  struct: {
    'type list': 'unpack always gives a tuple.',
    'type str': 'It knows no texts: whoever reads must decode the bytes.',
    'type bytearray': bytes,
    'type to tuple': 'unpack always gives a tuple, of one value too.',
  },
};
