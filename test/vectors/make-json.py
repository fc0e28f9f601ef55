"""Writes json.json: what CPython's json.dumps and json.loads answer. Run it with Python 3.13, whose messages it keeps."""
import json
import sys
from pathlib import Path

inf, nan = float('inf'), float('nan')

LITERALS = r"""
None
True
0
-1
9007199254740992
18446744073709551616
123456789012345678901234567890
1.0
-0.0
1e16
1e-07
0.1
inf
-inf
nan
''
'abc'
'"\\/\b\f\n\r\t\x01\x1f\x7f'
'é€漢😀\ud800\u2028'
b'a'
bytearray(b'a')
...
{1}
frozenset({1})
[]
()
{}
(1,)
[1, (2, 3), [4]]
{'a': 1, 'b': [None, True]}
{1: 'a', 2.5: 'b', None: 'c'}
{True: 1, False: 0}
{nan: 1, inf: 2, 1e16: 3}
{(1, 2): 3}
{b'a': 1}
{'a': {1, 2}}
[[[[1]]]]
{1: 'x', '1': 'y'}
"""

TEXTS = [
    '', ' ', '[1,]', '{"a":1,}', '{a:1}', '[1 2]', '{"a" 1}', '{"a":1 "b":2}', '"abc', '"a\nb"', '"\\x"', '"\\u12"',
    '"\\ud83d\\ude00"', '"\\ud83d"', '1 2', 'nan', 'NaN', 'Infinity', '-Infinity', '-', '01', '1.', '.5', '1e5', '1E400',
    '-1.5e-3', '[', '{', '[1', '{"a"', '{"a":', 'tru', '\ufeff1', '"\\', '1' * 4301, '{"a":1,"b":2,"a":3}', '-0', '-0.0',
    '[1,,2]', '{,}', "'a'", '"\\u12345"', '+1', '0x10', '"\t"', '[1}', '{"a":1]', '"\\ud83d\\u0041"', '{"a":,}',
    '[\n1\n,\n]', '["\U0001f600", x]', ' [ 1 , true , false , null ] ', '{"__proto__": 1, "2": 3, "1": 4}', '9007199254740993',
    '[1] x', '"a" "b"', '\n\n ?', '{"a": "b\\q"}', '"\\u00e9\\/\\b\\f\\n\\r\\t"', '\x0b1', '\xa01', '"\x7f"', '[[[[]]]]', '- 1',
]


def outcome(work):
    try:
        return {'result': work()}
    except Exception as error:
        name = type(error).__name__
        return {'error': f'json.{name}' if name == 'JSONDecodeError' else name, 'message': str(error)}


dumps = [[literal, outcome(lambda: json.dumps(eval(literal)))] for literal in LITERALS.strip().split('\n')]
loads = [[text, outcome(lambda: repr(json.loads(text)))] for text in TEXTS]
target = Path(__file__).parent / 'json.json'
target.write_text(json.dumps({'python': sys.version.split()[0], 'dumps': dumps, 'loads': loads}, indent=1) + '\n')
