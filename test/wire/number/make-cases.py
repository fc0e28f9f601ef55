"""Numbers as Python prints, reads and stores them: python3 make-cases.py > cases.json"""
import json
import platform
import random
import struct
from decimal import Decimal

maker = random.Random(11)
integers = sorted({sign * (2 ** power + near) for power in (0, 1, 3, 7, 8, 15, 16, 31, 32, 53, 63, 64, 100)
                   for near in (-1, 0, 1) for sign in (1, -1)} | {0, 4253, -4253})
texts = [(text, base) for base in (0, 2, 8, 10, 16, 36, 3) for text in
         ['0', '00', '007', '-0', '10', '-10', '+10', ' 10 ', '1_0', '_10', '10_', '1__0', '0x1F', '-0x1f', '0X_f', '0x', '0o17',
          '0b101', '0b_1', '0b2', 'zz', '9', '8', '2', '', ' ', '-', '+-1', '1 0', '1.5', '0_0', '0_1', '1e3', "it's", 'f' * 20]]
texts += [('1', 1), ('1', 37), ('1', -2), ('9' * 4300, 10), ('9' * 4301, 10), ('f' * 5000, 16)]
doubles = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 1e16, 1e-7, 5e-324, 2.0 ** -1022, 2.0 ** -1030, 1.7976931348623157e308, 65504.0, 65519.0,
           65520.0, 2.0 ** -24, 2.0 ** -25, 2.0 ** -14, 3.4028234663852886e38, 3.4028235677973366e38, 2.0 ** -149, 16777217.0,
           float('inf'), float('-inf'), float('nan'), 100.0, 123456789.125]
doubles += [maker.uniform(-1, 1) * 10.0 ** maker.randint(-12, 12) for _ in range(60)]


def attempt(function):
    try:
        return {'result': function()}
    except (ValueError, OverflowError, struct.error) as error:
        return {'error': str(error)}


def packed(code, value):
    return attempt(lambda: struct.pack('>' + code, value).hex()).get('result')


def integer(value):
    return {
        'value': str(value), 'hex': hex(value), 'oct': oct(value), 'bin': bin(value), 'length': value.bit_length(),
        'signed': [packed(code, value) for code in 'bhiq'], 'unsigned': [packed(code, value) for code in 'BHIQ'],
        'low': [(value % 2 ** width).to_bytes(width // 8, 'little').hex() for width in (8, 16, 32, 64)],
    }


def double(value):
    finite = value - value == 0
    return {
        'bits': struct.pack('>d', value).hex(), 'repr': repr(value), 'hex': value.hex(),
        'exact': format(Decimal(value), 'f') if finite else None,
        'formats': [packed(code, value) for code in 'efd'],
    }


def raw(data):
    reading = {order: [str(int.from_bytes(data, order)), str(int.from_bytes(data, order, signed=True))] for order in ('big', 'little')}
    code = {2: 'e', 4: 'f', 8: 'd'}.get(len(data))
    floats = [repr(struct.unpack(prefix + code, data)[0]) for prefix in '><'] if code else None
    return {'data': data.hex(), 'floats': floats, **reading}


print(json.dumps({
    'made_with': 'CPython ' + platform.python_version(),
    'integers': [integer(value) for value in integers],
    'texts': [[text, base, attempt(lambda: hex(int(text, base)))] for text, base in texts],
    'doubles': [double(value) for value in doubles],
    'bytes': [raw(bytes(maker.getrandbits(8) for _ in range(size))) for size in (0, 1, 2, 2, 2, 3, 4, 4, 4, 8, 8, 8, 16)],
}, indent=0, separators=(',', ':')))
