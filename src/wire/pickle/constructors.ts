import {fault, isFault, type PickleFault} from './fault.ts';
import type {Grower} from './grow.ts';
import type {GlobalReference, Loaded} from './loaded.ts';
import {pointsOf} from './python-text.ts';

/**
 * The constructors with which Python's own pickler writes plain values in the protocols that have no opcode for them:
 * sets before protocol 4, bytes before 3, bytearrays before 5. `loads` works out their result by itself.
 */
export function isKnownConstructor(module: string, name: string, protocol: number): boolean {
  // Before protocol 3 the names are those of Python 2, and both are understood.
  const home = module === '__builtin__' && protocol < 3 ? 'builtins' : module;
  return `${home} ${name}` in constructors;
}

/** The one plain value that is written as an import. */
export function isEllipsis(module: string, name: string, protocol: number): boolean {
  return name === 'Ellipsis' && (module === 'builtins' || (module === '__builtin__' && protocol < 3));
}

/** What the call gives, or why it is refused: only the forms that the pickler writes are known. */
export function callConstructor(
  callee: GlobalReference,
  parameters: readonly Loaded[],
  grower: Grower,
): Loaded | PickleFault {
  const home = callee.module === '__builtin__' ? 'builtins' : callee.module;
  const outcome = constructors[`${home} ${callee.name}`]!(parameters, grower);
  return outcome ?? refusedCall(callee);
}

type Constructor = (parameters: readonly Loaded[], grower: Grower) => Loaded | PickleFault | undefined;

const constructors: Readonly<Record<string, Constructor>> = {
  'builtins set': (parameters, grower) => setOf('set', parameters, grower),
  'builtins frozenset': (parameters, grower) => setOf('frozenset', parameters, grower),
  'builtins bytes': parameters => (parameters.length === 0 ? {t: 'bytes', v: new Uint8Array()} : undefined),
  'builtins bytearray': ([first, encoding, ...rest]) => {
    if (first === undefined) return {t: 'bytearray', v: new Uint8Array()};
    if (rest.length > 0) return undefined;
    if (first.t === 'bytes' && encoding === undefined) return {t: 'bytearray', v: first.v.slice()};
    const bytes = latin1Bytes(first, encoding);
    return bytes === undefined || isFault(bytes) ? bytes : {t: 'bytearray', v: bytes};
  },
  '_codecs encode': ([text, encoding, ...rest]) => {
    const bytes = rest.length > 0 ? undefined : latin1Bytes(text, encoding);
    return bytes === undefined || isFault(bytes) ? bytes : {t: 'bytes', v: bytes};
  },
};

function setOf(type: 'set' | 'frozenset', parameters: readonly Loaded[], grower: Grower): ReturnType<Constructor> {
  const [items] = parameters;
  if (items === undefined) return grower.container(type, []);
  if (parameters.length > 1) return undefined;
  const isSequence = items.t === 'list' || items.t === 'tuple' || items.t === 'set' || items.t === 'frozenset';
  return isSequence ? grower.container(type, items.v) : undefined;
}

function latin1Bytes(text: Loaded | undefined, encoding: Loaded | undefined): Uint8Array | PickleFault | undefined {
  if (text?.t !== 'str' || encoding?.t !== 'str' || !/^latin-?1$/.test(encoding.v)) return undefined;
  const points = pointsOf(text);
  const wrong = points.findIndex(point => point > 0xff);
  if (wrong < 0) return Uint8Array.from(points);
  return fault('ValueError', `the character at ${wrong} of a text that stands for bytes is not a byte`);
}

function refusedCall({module, name}: GlobalReference): PickleFault {
  return fault('Refused', `It would call ${module}.${name} in a way that plain values need not. Inspect it instead.`);
}
