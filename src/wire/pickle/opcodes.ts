/** How the bytes after an opcode are laid out; the names are those of CPython's pickletools. */
export type ArgumentKind =
  | ('uint1' | 'uint2' | 'uint4' | 'uint8' | 'int4' | 'float8')
  | ('long1' | 'long4' | 'string1' | 'string4' | 'bytes1' | 'bytes4' | 'bytes8' | 'bytearray8')
  | ('unicodestring1' | 'unicodestring4' | 'unicodestring8')
  | ('decimalnl_short' | 'decimalnl_long' | 'floatnl')
  | ('stringnl' | 'stringnl_noescape' | 'stringnl_noescape_pair' | 'unicodestringnl');

/** What an opcode takes from the stack and leaves there. `mark` is a MARK, `stackslice` everything above it. */
export type StackItem =
  | ('int' | 'int_or_bool' | 'bool' | 'float' | 'bytes_or_str' | 'bytes' | 'bytearray' | 'buffer' | 'str' | 'None')
  | ('list' | 'tuple' | 'dict' | 'set' | 'frozenset' | 'any' | 'mark' | 'stackslice');

export interface Opcode {
  /** The byte. */
  readonly code: number;
  readonly name: OpcodeName;
  /** The protocol that brought it: 0 to 5. */
  readonly protocol: number;
  readonly argument: ArgumentKind | null;
  readonly before: readonly StackItem[];
  readonly after: readonly StackItem[];
  /** What it does, in a sentence. */
  readonly meaning: string;
}

export type OpcodeName = (typeof rows)[number][1];

/**
 * code, name, protocol, argument, stack before → after, meaning.
 * Protocols 0 and 1 are those of Python 1.x, 2 is PEP 307, 3 came with Python 3.0, 4 is PEP 3154, 5 is PEP 574.
 */
const rows = [
  [
    0x49,
    'INT',
    0,
    'decimalnl_short',
    ' → int_or_bool',
    'Pushes an int written in decimal; 00 and 01 are False and True.',
  ],
  [0x4a, 'BININT', 1, 'int4', ' → int', 'Pushes a signed int of four bytes.'],
  [0x4b, 'BININT1', 1, 'uint1', ' → int', 'Pushes an int of one byte, 0 to 255.'],
  [0x4d, 'BININT2', 1, 'uint2', ' → int', 'Pushes an int of two bytes, 0 to 65535.'],
  [0x4c, 'LONG', 0, 'decimalnl_long', ' → int', 'Pushes an int of any size written in decimal with an L after it.'],
  [0x8a, 'LONG1', 2, 'long1', ' → int', "Pushes a two's-complement int of up to 255 bytes."],
  [0x8b, 'LONG4', 2, 'long4', ' → int', "Pushes a two's-complement int of up to 2 GiB."],
  [0x53, 'STRING', 0, 'stringnl', ' → bytes_or_str', 'Pushes a Python 2 string written in quotes with escapes.'],
  [0x54, 'BINSTRING', 1, 'string4', ' → bytes_or_str', 'Pushes a Python 2 string with a length of four bytes.'],
  [0x55, 'SHORT_BINSTRING', 1, 'string1', ' → bytes_or_str', 'Pushes a Python 2 string of up to 255 bytes.'],
  [0x42, 'BINBYTES', 3, 'bytes4', ' → bytes', 'Pushes a bytes object with a length of four bytes.'],
  [0x43, 'SHORT_BINBYTES', 3, 'bytes1', ' → bytes', 'Pushes a bytes object of up to 255 bytes.'],
  [0x8e, 'BINBYTES8', 4, 'bytes8', ' → bytes', 'Pushes a bytes object with a length of eight bytes.'],
  [0x96, 'BYTEARRAY8', 5, 'bytearray8', ' → bytearray', 'Pushes a bytearray with a length of eight bytes.'],
  [0x97, 'NEXT_BUFFER', 5, null, ' → buffer', 'Pushes the next buffer that travelled outside the pickle.'],
  [0x98, 'READONLY_BUFFER', 5, null, 'buffer → buffer', 'Makes the buffer on top read-only.'],
  [0x4e, 'NONE', 0, null, ' → None', 'Pushes None.'],
  [0x88, 'NEWTRUE', 2, null, ' → bool', 'Pushes True.'],
  [0x89, 'NEWFALSE', 2, null, ' → bool', 'Pushes False.'],
  [
    0x56,
    'UNICODE',
    0,
    'unicodestringnl',
    ' → str',
    'Pushes a str written as Latin-1 with \\u escapes, up to a newline.',
  ],
  [0x8c, 'SHORT_BINUNICODE', 4, 'unicodestring1', ' → str', 'Pushes a str of up to 255 bytes of UTF-8.'],
  [0x58, 'BINUNICODE', 1, 'unicodestring4', ' → str', 'Pushes a str of UTF-8 with a length of four bytes.'],
  [0x8d, 'BINUNICODE8', 4, 'unicodestring8', ' → str', 'Pushes a str of UTF-8 with a length of eight bytes.'],
  [0x46, 'FLOAT', 0, 'floatnl', ' → float', 'Pushes a float written in decimal.'],
  [0x47, 'BINFLOAT', 1, 'float8', ' → float', 'Pushes a float of eight bytes, big-endian.'],
  [0x5d, 'EMPTY_LIST', 1, null, ' → list', 'Pushes a new empty list.'],
  [0x61, 'APPEND', 0, null, 'list any → list', 'Appends the item on top to the list below it.'],
  [0x65, 'APPENDS', 1, null, 'list mark stackslice → list', 'Appends everything above the mark to the list below it.'],
  [0x6c, 'LIST', 0, null, 'mark stackslice → list', 'Makes a list of everything above the mark.'],
  [0x29, 'EMPTY_TUPLE', 1, null, ' → tuple', 'Pushes the empty tuple.'],
  [0x74, 'TUPLE', 0, null, 'mark stackslice → tuple', 'Makes a tuple of everything above the mark.'],
  [0x85, 'TUPLE1', 2, null, 'any → tuple', 'Makes a tuple of the item on top.'],
  [0x86, 'TUPLE2', 2, null, 'any any → tuple', 'Makes a tuple of the two items on top.'],
  [0x87, 'TUPLE3', 2, null, 'any any any → tuple', 'Makes a tuple of the three items on top.'],
  [0x7d, 'EMPTY_DICT', 1, null, ' → dict', 'Pushes a new empty dict.'],
  [0x64, 'DICT', 0, null, 'mark stackslice → dict', 'Makes a dict of the keys and values above the mark.'],
  [0x73, 'SETITEM', 0, null, 'dict any any → dict', 'Stores the value on top under the key below it.'],
  [0x75, 'SETITEMS', 1, null, 'dict mark stackslice → dict', 'Stores the keys and values above the mark in the dict.'],
  [0x8f, 'EMPTY_SET', 4, null, ' → set', 'Pushes a new empty set.'],
  [0x90, 'ADDITEMS', 4, null, 'set mark stackslice → set', 'Adds everything above the mark to the set below it.'],
  [0x91, 'FROZENSET', 4, null, 'mark stackslice → frozenset', 'Makes a frozenset of everything above the mark.'],
  [0x30, 'POP', 0, null, 'any → ', 'Throws the item on top away. What made it has been done all the same.'],
  [0x32, 'DUP', 0, null, 'any → any any', 'Pushes the item on top once more.'],
  [0x28, 'MARK', 0, null, ' → mark', 'Pushes a mark, from which a later opcode counts its items.'],
  [0x31, 'POP_MARK', 1, null, 'mark stackslice → ', 'Throws away everything above the mark, and the mark.'],
  [0x67, 'GET', 0, 'decimalnl_short', ' → any', 'Pushes what the memo holds under a number written in decimal.'],
  [0x68, 'BINGET', 1, 'uint1', ' → any', 'Pushes what the memo holds under a number of one byte.'],
  [0x6a, 'LONG_BINGET', 1, 'uint4', ' → any', 'Pushes what the memo holds under a number of four bytes.'],
  [0x70, 'PUT', 0, 'decimalnl_short', ' → ', 'Stores the item on top in the memo under a number written in decimal.'],
  [0x71, 'BINPUT', 1, 'uint1', ' → ', 'Stores the item on top in the memo under a number of one byte.'],
  [0x72, 'LONG_BINPUT', 1, 'uint4', ' → ', 'Stores the item on top in the memo under a number of four bytes.'],
  [0x94, 'MEMOIZE', 4, null, 'any → any', 'Stores the item on top in the memo under the next free number.'],
  [
    0x82,
    'EXT1',
    2,
    'uint1',
    ' → any',
    'Imports an object that a registry of the reader knows by a number of one byte.',
  ],
  [
    0x83,
    'EXT2',
    2,
    'uint2',
    ' → any',
    'Imports an object that a registry of the reader knows by a number of two bytes.',
  ],
  [
    0x84,
    'EXT4',
    2,
    'int4',
    ' → any',
    'Imports an object that a registry of the reader knows by a number of four bytes.',
  ],
  [0x63, 'GLOBAL', 0, 'stringnl_noescape_pair', ' → any', 'Imports a module and pushes the named object of it.'],
  [0x93, 'STACK_GLOBAL', 4, null, 'str str → any', 'Imports the module and the name that are on the stack.'],
  [0x52, 'REDUCE', 0, null, 'any any → any', 'Calls the object below the top with the tuple on top as arguments.'],
  [
    0x62,
    'BUILD',
    0,
    null,
    'any any → any',
    'Sets the state of the object: calls its __setstate__ or fills its attributes.',
  ],
  [
    0x69,
    'INST',
    0,
    'stringnl_noescape_pair',
    'mark stackslice → any',
    'Imports a class and calls it with all above the mark.',
  ],
  [0x6f, 'OBJ', 1, null, 'mark any stackslice → any', 'Calls the class just above the mark with the items above it.'],
  [0x81, 'NEWOBJ', 2, null, 'any any → any', "Calls the class's __new__ with a tuple of arguments."],
  [0x92, 'NEWOBJ_EX', 4, null, 'any any any → any', "Calls the class's __new__ with arguments and keyword arguments."],
  [0x80, 'PROTO', 2, 'uint1', ' → ', 'Says which protocol the pickle is written in.'],
  [
    0x2e,
    'STOP',
    0,
    null,
    'any → ',
    'Ends the pickle: the item on top is its value. This is how a pickle frames itself.',
  ],
  [0x95, 'FRAME', 4, 'uint8', ' → ', 'Says how many bytes can be read at once.'],
  [
    0x50,
    'PERSID',
    0,
    'stringnl_noescape',
    ' → any',
    "Asks the reader's own function for the object with this identifier.",
  ],
  [
    0x51,
    'BINPERSID',
    1,
    null,
    'any → any',
    "Asks the reader's own function for the object whose identifier is on top.",
  ],
] as const satisfies readonly (readonly [number, string, number, ArgumentKind | null, string, string])[];

/** All 68 opcodes, in the order of pickletools: by what they are for. */
export const opcodes: readonly Opcode[] = rows.map(([code, name, protocol, argument, effect, meaning]) => {
  const [before, after] = effect.split('→').map(side => side.split(' ').filter(item => item !== '')) as StackItem[][];
  return {code, name, protocol, argument, before: before!, after: after!, meaning};
});

/** The opcode with this byte, or undefined. */
export function opcodeAt(code: number): Opcode | undefined {
  return byCode[code];
}

/** The opcode with this name. */
export function opcodeNamed(name: OpcodeName): Opcode {
  return byName.get(name)!;
}

const byCode: (Opcode | undefined)[] = Array.from({length: 256}, (_, code) => opcodes.find(row => row.code === code));
const byName = new Map(opcodes.map(row => [row.name, row]));
