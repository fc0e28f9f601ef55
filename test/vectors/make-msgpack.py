"""Writes msgpack.json: what Python's msgpack 1 packs and unpacks. Needs the package msgpack."""
import json
from pathlib import Path

import msgpack

inf, nan = float('inf'), float('nan')

LITERALS = [
    'None', 'True', 'False', '0', '127', '128', '255', '256', '65535', '65536', '4294967295', '4294967296',
    '18446744073709551615', '18446744073709551616', '-1', '-32', '-33', '-128', '-129', '-32768', '-32769', '-2147483648',
    '-2147483649', '-9223372036854775808', '-9223372036854775809', '1.0', '-0.0', '1.5', 'inf', "''", "'abc'", "'é€😀'",
    "'\\ud800'", repr('x' * 31), repr('x' * 32), repr('x' * 256), repr('x' * 65536), "b''", "b'abc'", repr(b'x' * 256),
    repr(b'x' * 65536), "bytearray(b'ab')", '[]', '()', '(1, 2)', repr(list(range(15))), repr(list(range(16))),
    repr([0] * 65536), '{}', "{'a': 1}", "{b'a': 1}", '{1: 2}', '{None: 1}', '{(1, 2): 3}', '{1.5: 1}', '{True: 1}',
    repr({str(i): i for i in range(16)}), '{1}', 'frozenset({1})', '...', "[{'a': [1, {'b': (2,)}]}]",
]


def outcome(work):
    try:
        return {'result': work()}
    except Exception as error:
        return {'error': type(error).__name__, 'message': str(error)}


def case(literal):
    value = eval(literal)
    packed = outcome(lambda: msgpack.packb(value).hex())
    if 'error' in packed:
        return [literal, packed]
    return [literal, packed, outcome(lambda: repr(msgpack.unpackb(bytes.fromhex(packed['result']))))]


# The longest are left out of the file: tests hold those against another library.
(Path(__file__).parent / 'msgpack.json').write_text(
    '[\n' + ',\n'.join(json.dumps(case(one)) for one in LITERALS if len(one) < 5000) + '\n]\n'
)
