import {toHex} from '../text/hex.ts';
import type {Mode} from './engine.ts';
import {StructError} from './error.ts';
import {type Field, fieldsOf} from './layout.ts';
import {widenNaN} from './nan.ts';
import {Struct} from './struct.ts';
import {isRecord, RequestError, readHex, type Tagged, tag, toBigInt, untag} from './tagged.ts';
import type {Packable, Value} from './value.ts';

export type StructAnswer =
  | {readonly result: Tagged}
  | {readonly error: string; readonly message: string; readonly buffer_after?: string};

/**
 * One request as plain JSON, answered as CPython does: `op` is pack, unpack, unpack_from, pack_into, iter_unpack or
 * calcsize; `format`, `values` (tagged), `data` and `buffer` (hex), `offset` (decimal) as the op needs them; `python`
 * picks the words of 3.11. A request that cannot be read gives the error `request` with a sentence; nothing is thrown.
 */
export function answerStructRequest(request: unknown, mode?: Mode): StructAnswer {
  let target: Uint8Array | undefined;
  try {
    if (!isRecord(request)) throw new RequestError('A request must be an object with op and format.');
    if (request.op === 'pack_into') target = readHex(request.buffer, 'buffer');
    return {result: answer(request, mode, target)};
  } catch (error) {
    if (error instanceof RequestError) return {error: 'request', message: error.message};
    if (!(error instanceof StructError)) throw error;
    const after = target === undefined ? {} : {buffer_after: toHex(target)};
    return {error: error.pythonClass, message: error.message, ...after};
  }
}

/** Answers are text: no request may ask for a longer one than this. */
const largestAnswer = 2 ** 24;

function answer(request: Record<string, unknown>, mode: Mode | undefined, target: Uint8Array | undefined): Tagged {
  const struct = structOf(request, mode);
  const values = () => {
    if (!Array.isArray(request.values)) throw new RequestError('values must be a list of tagged values.');
    return request.values.map(untag);
  };
  const offset = () => toBigInt(request.offset ?? 0, 'offset');
  let read: Uint8Array | undefined;
  const data = () => {
    read ??= readHex(request.data, 'data');
    return read;
  };
  switch (request.op) {
    case 'calcsize':
      return {t: 'int', v: String(struct.size)};
    case 'pack':
      return {t: 'bytes', v: toHex(struct.pack(...bounded(struct, values())))};
    case 'unpack':
      return tuples(struct, data(), 0)(struct.unpack(data()), 0);
    case 'unpack_from':
      return tuples(struct, data(), startOf(offset(), data()))(struct.unpackFrom(data(), offset()), 0);
    case 'iter_unpack':
      return {t: 'list', v: Array.from(struct.iterUnpack(data()), tuples(struct, data(), 0))};
    case 'pack_into':
      struct.packInto(target!, offset(), ...values());
      return {t: 'bytes', v: toHex(target!)};
    default:
      throw new RequestError('op must be pack, unpack, unpack_from, pack_into, iter_unpack or calcsize.');
  }
}

function structOf({format, python = '3.13'}: Record<string, unknown>, mode: Mode | undefined): Struct {
  if (typeof format !== 'string') throw new RequestError('format must be a text.');
  if (python !== '3.13' && python !== '3.11') throw new RequestError("python must be '3.13' or '3.11'.");
  const key = `${python} ${mode} ${format}`;
  const known = structs.get(key);
  if (known !== undefined) return known;
  // Most formats of a batch are used a few times: reading item by item then costs less than writing code for it.
  const struct = new Struct(format, {python, mode: mode ?? 'interpreted'});
  if (structs.size >= mostStructs) structs.clear();
  if (format.length <= longestKept) structs.set(key, struct);
  return struct;
}

const structs = new Map<string, Struct>();
const mostStructs = 500;
const longestKept = 200;

// Only what CPython would go on to pack, so that its own errors come first.
function bounded(struct: Struct, values: readonly Packable[]): readonly Packable[] {
  if (values.length === struct.items && struct.size > largestAnswer && struct.size <= Number.MAX_SAFE_INTEGER)
    throw new RequestError(`pack answers with up to ${largestAnswer} bytes.`);
  return values;
}

const startOf = (offset: bigint, data: Uint8Array) => Number(offset < 0n ? offset + BigInt(data.length) : offset);

/** From the values of the record with this index, the first of which begins at `start`, to a tuple. */
function tuples(struct: Struct, data: Uint8Array, start: number): (values: readonly Value[], index: number) => Tagged {
  const little = !/^[>!]/.test(struct.format);
  // Listed when bytes for them were found, and not before.
  let fields: readonly Field[] | undefined;
  return (values, record) => {
    fields ??= [...fieldsOf(struct.layout)];
    const at = start + record * Number(struct.size);
    const items = values.map((value, index) => {
      const [offset, size, code] = fields![index]!;
      return tag(value, code, () => nanBits(data, at + Number(offset), Number(size), little));
    });
    return {t: 'tuple', v: items};
  };
}

function nanBits(data: Uint8Array, at: number, size: number, little: boolean): bigint {
  const bytes = data.slice(at, at + size);
  return widenNaN(BigInt(`0x${toHex(little ? bytes.reverse() : bytes)}`), size);
}
