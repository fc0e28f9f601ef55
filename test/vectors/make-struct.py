"""Make cases of the struct module with the Python that runs this, as one JSON case a line.

    python3 make-struct.py [--seed 1] [--count 6000] [--also OTHER_PYTHON] > struct-random.jsonl

The first line is a header with the version. With --also, the same cases are run by another Python too, and where it
answers differently the case gets `expect_py311` (the other one is meant to be 3.11). The cases have the keys that
`answerStructRequest` takes; what Python answered stands under `expect`.

A `0p` is left out of pack_into: CPython writes a byte behind the struct there.
"""
import argparse
import json
import platform
import random
import struct
import subprocess
import sys

CODES = 'xcbB?hHiIlLqQnNefdspP'
SIZES = {'b': 1, 'h': 2, 'i': 4, 'l': 8, 'q': 8, 'n': 8, 'p': 8}
BAD = ['z', '3', '3 i', 'F', 'D', 'i<', '<n', '>N', '!P', '=P', ' <i', '-1i', '1.5i', 'i,i', '<>i', '\0', 'i\0i', 'é',
       'ié漢', '€i', 'b\U0001f600', '9' * 19 + 'b', '9223372036854775808b', '9223372036854775807h', '5' * 40 + 's',
       '9223372036854775807bb', '9223372036854775801b0q', '4611686018427387904h', '3i4', '@@', 'i=', 'h!', '1', '0',
       '<0', 'Z0', '3\t', '2\nh', 'o', 'a', '_', '(i)', 'i;', '"', "'", '\\', '~', '\x7f', '\x01']
HUGE = ['9223372036854775807c', '9223372036854775807s', '9223372036854775807x', '9223372036854775800b0q',
        '1152921504606846975d', '4611686018427387903h', '<1152921504606846975Q', '9223372036854775799bq',
        '9223372036854775806xc', '0b9223372036854775807p', '99999999999999s', '9007199254740991b', '9007199254740992b']


def tag(value):
    if value is None:
        return {'t': 'none'}
    if isinstance(value, bool):
        return {'t': 'bool', 'v': value}
    if isinstance(value, int):
        return {'t': 'int', 'v': str(value)}
    if isinstance(value, float):
        return {'t': 'float', 'v': repr(value), 'bits': struct.pack('>d', value).hex()}
    if isinstance(value, (bytes, bytearray)):
        return {'t': type(value).__name__, 'v': value.hex()}
    if isinstance(value, str):
        return {'t': 'str', 'v': value}
    return {'t': type(value).__name__, 'v': [tag(item) for item in value]}


def bits(pattern):
    return struct.unpack('>d', struct.pack('>Q', pattern))[0]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def runs(self):
        prefix = self.random.choice(['', '@', '=', '<', '>', '!', '<', '>', ''])
        codes = CODES if prefix in ('', '@') else CODES.replace('n', '').replace('N', '').replace('P', '')
        return prefix, [(self.count(), self.random.choice(codes)) for _ in range(self.random.choice([0, 1, 1, 1, 2, 2, 3, 4, 6]))]

    def count(self):
        return self.random.choice([None, None, None, None, None, 0, 1, 2, 3, 5] + ([9, 33, 40] if self.chance(.05) else []))

    def text(self, prefix, runs):
        space = lambda: self.random.choice(' \t\n\r\v\f') if self.chance(.05) else ''
        zeros = lambda: '00' if self.chance(.02) else ''
        return prefix + space() + ''.join(
            ('' if count is None else zeros() + str(count)) + code + space() for count, code in runs)

    def format(self):
        prefix, runs = self.runs()
        return self.text(prefix, runs), prefix, runs

    def integer(self, code, prefix):
        native = prefix in ('', '@')
        size = 4 if code in 'lL' and not native else SIZES[code.lower()]
        low, high = (0, 2 ** (8 * size) - 1) if code in 'BHILQNP' else (-2 ** (8 * size - 1), 2 ** (8 * size - 1) - 1)
        kind = self.random.random()
        if kind < .05:
            return self.random.choice([low - 1, high + 1, -1, 2 ** 63, 2 ** 64, -2 ** 63 - 1, 10 ** 30, -10 ** 25,
                                       65536, 2 ** 32])
        if kind < .3:
            return self.random.choice([low, high, 0, low + 1, high - 1, 1])
        if kind < .33:
            return self.chance(.5)
        return self.random.randint(low, high)

    def double(self, code):
        kind = self.random.random()
        if kind < .05:
            return self.random.randint(-70000, 70000)
        if kind < .06:
            return self.random.choice([10 ** 39, 10 ** 400, -10 ** 39, 2 ** 53 + 1, 2 ** 64, True])
        if kind < .25:
            return self.random.choice([0.0, -0.0, float('inf'), float('-inf'), float('nan'), bits(0xfff8 << 48), bits(0x7ff4000000000123), 1.0,
                                       65504.0, 65519.999, 65520.0, -65520.0, 2.0 ** -24, 2.0 ** -25, 2.0 ** -25 * 1.0001,
                                       2.0 ** -14, 2.0 ** -14 - 2.0 ** -24, 1e39, -1e39, 3.4028234663852886e38,
                                       3.4028235677973366e38, 3.4028235677973362e38, 5e-324, 1.7976931348623157e308])
        if kind < .5 and code == 'e':
            # Half-way between two halves, and just beside: the rounding.
            exponent = self.random.randint(-25, 15)
            return (1024 + self.random.randint(0, 1023) + self.random.choice([.5, .5, .25, .75, .5000001])) * 2.0 ** (exponent - 10)
        if kind < .8:
            return self.random.uniform(-1, 1) * 10 ** self.random.randint(-8, 5)
        value = bits(self.random.getrandbits(64))
        return value

    def string(self):
        raw = bytes(self.random.getrandbits(8) for _ in range(self.random.choice([0, 1, 1, 2, 3, 4, 6])))
        if self.chance(.01):
            raw = raw * 60
        return bytearray(raw) if self.chance(.04) else raw

    def value(self, code, prefix):
        if self.chance(.03):
            return self.random.choice([None, 'a', '', 'é', b'', b'ab', 1.0, 1.5, True, 0, [], [0], (), bytearray(b'a')])
        if code == 'c':
            return bytes([self.random.getrandbits(8)])
        if code == '?':
            return self.random.choice([True, False, True, False, 0, 1, 2, 0.0, -0.0, float('nan'), '', '0', b'', b'\0', None, [], [0], (), (1,)])
        if code in 'sp':
            return self.string()
        return self.double(code) if code in 'efd' else self.integer(code, prefix)

    def values(self, prefix, runs):
        made = []
        for count, code in runs:
            if code == 'x':
                continue
            made += [self.value(code, prefix) for _ in range(1 if code in 'sp' or count is None else count)]
        if self.chance(.04):
            made = made[:-1] if self.chance(.5) else made + [1]
        return made

    def data(self, size):
        kind = self.random.random()
        if kind < .1:
            return bytes([self.random.choice([0, 1, 0x7f, 0x80, 0xff])]) * size
        return bytes(self.random.getrandbits(8) if not self.chance(.15) else self.random.choice([0, 0x7f, 0x80, 0xff, 0x7c, 0xf0]) for _ in range(size))

    def offset(self, length, size):
        near = [0, 0, 1, length - size, length - size, length - size + 1, -size, -size, 1 - size, -length, -length - 1, length]
        if self.chance(.05):
            return self.random.choice([2 ** 31, 2 ** 62, 2 ** 63 - 1, -2 ** 63, 2 ** 63, -2 ** 63 - 1, 2 ** 70, -2 ** 31])
        return self.random.choice(near)

    def case(self):
        if self.chance(.05):
            return self.strange()
        op = self.random.choice(['pack', 'pack', 'pack', 'unpack', 'unpack', 'calcsize', 'unpack_from', 'pack_into', 'iter_unpack'])
        text, prefix, runs = self.format()
        if op == 'pack_into':
            runs = [(None if code == 'p' and count == 0 else count, code) for count, code in runs]
            text = self.text(prefix, runs)
        size = struct.calcsize(text)
        case = {'op': op, 'format': text}
        if op == 'calcsize':
            case['layout'] = layout(prefix, runs)
        if op in ('pack', 'pack_into'):
            case['values'] = self.values(prefix, runs)
        if op == 'unpack':
            case['data'] = self.data(max(0, size + (self.random.choice([-1, 1]) if self.chance(.05) else 0)))
        if op == 'iter_unpack':
            case['data'] = self.data(size * self.random.choice([0, 1, 1, 2, 3]) + (1 if self.chance(.1) else 0))
        if op in ('unpack_from', 'pack_into'):
            length = size + self.random.choice([0, 1, 3, 8, -1]) if size else self.random.choice([0, 4])
            case['data' if op == 'unpack_from' else 'buffer'] = self.data(max(length, 0))
            case['offset'] = self.offset(max(length, 0), size)
        return case

    def strange(self):
        op = self.random.choice(['calcsize', 'calcsize', 'pack', 'unpack', 'unpack_from', 'pack_into', 'iter_unpack'])
        if self.chance(.6):
            text = self.random.choice(BAD)
            if self.chance(.3):
                text = self.format()[0] + text
        else:
            text = self.random.choice(HUGE)
            if op == 'pack' and text[-1] in 'sxp':
                op = 'calcsize'  # it would ask for that much memory
        case = {'op': op, 'format': text}
        if op in ('pack', 'pack_into'):
            case['values'] = [1]
        if op in ('unpack', 'unpack_from', 'iter_unpack'):
            case['data'] = self.data(self.random.choice([0, 1, 8]))
        if op in ('unpack_from', 'pack_into'):
            case['offset'] = self.offset(8, 1)
        if op == 'pack_into':
            case['buffer'] = self.data(8)
        return case


def layout(prefix, runs):
    """[offset, size, code] of each value, by calcsize of ever longer formats."""
    fields = []
    before = prefix
    for count, code in runs:
        single = 1 if code in 'sp' else (1 if count is None else count)
        for index in range(0 if code == 'x' else single):
            text = code if count is None else '%d%s' % (count if code in 'sp' else index + 1, code)
            end = struct.calcsize(before + text)
            size = (1 if count is None else count) if code in 'sp' else struct.calcsize(prefix + code)
            fields.append([end - size, size, code])
        before += code if count is None else '%d%s' % (count, code)
    return fields


def run(case):
    op, text = case['op'], case['format']
    if op == 'calcsize':
        return struct.calcsize(text)
    if op == 'pack':
        return struct.pack(text, *case['values'])
    if op == 'unpack':
        return struct.unpack(text, case['data'])
    if op == 'unpack_from':
        return struct.unpack_from(text, case['data'], case['offset'])
    if op == 'iter_unpack':
        return list(struct.iter_unpack(text, case['data']))
    struct.pack_into(text, case['after'], case['offset'], *case['values'])
    return bytes(case['after'])


def answer(case):
    if case['op'] == 'pack_into':
        case['after'] = bytearray(case['buffer'])
    try:
        return {'result': tag(run(case))}
    except Exception as error:
        name = 'struct.error' if isinstance(error, struct.error) else type(error).__name__
        said = {'error': name, 'message': str(error)}
        if 'after' in case:
            said['buffer_after'] = case['after'].hex()
        return said
    finally:
        case.pop('after', None)


def as_json(case, expect):
    plain = dict(case)
    if 'values' in plain:
        plain['values'] = [tag(value) for value in plain['values']]
    for key in ('data', 'buffer'):
        if key in plain:
            plain[key] = plain[key].hex()
    if 'offset' in plain:
        plain['offset'] = str(plain['offset'])
    plain['expect'] = expect
    return plain


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=6000)
    parser.add_argument('--also')
    options = parser.parse_args()
    maker = Maker(options.seed)
    cases = [maker.case() for _ in range(options.count)]
    lines = [as_json(case, answer(case)) for case in cases]
    header = {'made_with': 'CPython %s' % platform.python_version(), 'seed': options.seed, 'cases': len(lines)}
    if options.also:
        output = subprocess.check_output([options.also, __file__, '--seed', str(options.seed), '--count', str(options.count)])
        other_header, *others = [json.loads(line) for line in output.decode('ascii').splitlines()]
        header['expect_py311'] = other_header['made_with']
        for line, other in zip(lines, others):
            asked = lambda case: {key: value for key, value in case.items() if not key.startswith('expect')}
            if asked(line) != asked(other):
                sys.exit('The two made different cases: %r and %r' % (line, other))
            if other['expect'] != line['expect']:
                line['expect_py311'] = other['expect']
    for line in [header] + lines:
        print(json.dumps(line, separators=(',', ':')))


main()
