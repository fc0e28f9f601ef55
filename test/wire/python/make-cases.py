"""Write literals beside what Python reads and writes for them: python3 make-cases.py > cases.json

`repr` is that of the value that ast.literal_eval reads, or null where it refuses.
"""
import ast
import json
import platform
import random
import struct
import warnings

warnings.simplefilter('ignore')
TEXTS = r'''
0 00 0_0 7 -7 +7 - +- 4253 0x10_9D 0X_ff 0xg 0x 0b101 0B_1 0b2 0o17 0O7 0o8 017 09 0_9 1_000 1__0 1_ _1 1.5 .5 5. 1e3 1E-3 1e+16
1e16 1e15 123456789012345678 1e-4 1e-5 0.0001 0.00001 -0.0 -0 1_0.2_5e1_0 1e400 5e-324 1.7976931348623157e308 2.5e-8 1.e5 1e 1e+ 1.5.2
0e0 01.5 00e1 1j 1.5J 12a 12abc 0xfg True False None Ellipsis ... true null nan inf x foo.bar f() set() 1+2 - 1 --1 (-1) -(1) -True
'abc' "abc" "it's" 'say "x"' 'both \' "' b'abc' B"x" b"it's" b'\'"' r'\n' R'\x' rb'\xff' bR'\'' br"\\" u'x' U'x' ur'x' bb'x' ub'x' f'x'
'\n\t\r\\\a\b\f\v\0' '\x41\u2603\U0001f600' '\777\101\08' b'\777\101\08' b'\x00\x7f\x80\xff' b'\u2603' '\q' b'\q' '\x4' '\u12' '\U00110000' '\ud800'
'unclosed "unclosed b'x 'a' "b" b'a' b'b' 'a' b'b' ('a' 'b') '\N{DIGIT ONE}' '' b'' """a'b""" \'\'\'a\'\'\' """a\nb""" b'é' 'é' '\xa0\xad\u200b\u2028\ue000\x7f'
() (1) (1,) (1,2) (1,2,) (,) (1,,2) [ [] [1, [2, (3,)]] [1 2] [1,] ] ) {} {1} {1,2} {1:2} {1:2,} {1:2, 3} {1, 2:3} {'a': [1], (1,2): b'x'}
{[]} {{}: 1} {(1, [2])} {1, 1.0, True} {1: 'a', True: 'b', 1.0: 'c'} {'a': 1, 'a': 2} 1, 1,2 1,2, , 1 2 {'a' 1} {**1} [*1] {1:} {:1}
'''


def texts():
    for line in TEXTS.strip().split('\n'):
        words = line.split(' ')
        # Every stretch of one to four words: whole values, parts of values and values in a row.
        for length in (1, 2, 3, 4):
            for start in range(len(words) - length + 1):
                yield ' '.join(words[start:start + length])
    maker = random.Random(7)
    for _ in range(300):
        yield repr(random_value(maker, 0))


def random_value(maker, depth):
    kind = maker.randrange(11 if depth < 3 else 6)
    if kind == 0:
        return maker.choice([maker.randint(-300, 300), maker.getrandbits(70), -maker.getrandbits(64)])
    if kind in (1, 2):
        value = struct.unpack('<d', maker.getrandbits(64).to_bytes(8, 'little'))[0]
        return maker.choice([maker.uniform(-1, 1) * 10 ** maker.randint(-7, 20), 0.5 if value != value else value])
    if kind == 3:
        return bytes(maker.choice([maker.getrandbits(8), 39, 34, 92, 65]) for _ in range(maker.randrange(8)))
    if kind == 4:
        return ''.join(chr(maker.choice([maker.randrange(0x180), 39, 34, 92, 65, 0x2028, 0x3000, 0x6f22, 0x1f600, 0xe000,
                                         0xfeff, 0x10ffff, 0x300])) for _ in range(maker.randrange(8)))
    if kind == 5:
        return maker.choice([True, False, None])
    items = [random_value(maker, depth + 1) for _ in range(maker.randrange(4))]
    if kind < 8:
        return tuple(items)
    return items if kind == 8 else {maker.choice([index, str(index), (index,)]): item for index, item in enumerate(items)}


def read(text):
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError):
        return None
    # No order of a set, and no complex number, is part of the comparison.
    if 'set' in str(type(value)) and len(value) > 1:
        return '{%s}' % ', '.join(sorted(map(repr, value)))
    return None if 'complex' in str(type(value)) else repr(value)


cases = {text: read(text) for text in texts()}
print(json.dumps({'made_with': 'CPython ' + platform.python_version(), 'cases': sorted(cases.items())},
                 separators=(',', ':')).replace('],["', '],\n["'))
