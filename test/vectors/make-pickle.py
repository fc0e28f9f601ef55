"""Writes pickle-more.json: pickles of every kind with what pickletools.dis prints of them and what it raises.

    python3.13 make-pickle.py [seed] > pickle-more.json

No pickle made here is ever loaded, except those that pickle.dumps has just made of plain values ("valid"): their repr
is kept. dis() executes nothing. Set-like values hold at most one item, for the order of more is not fixed.
"""

import array
import collections
import datetime
import decimal
import fractions
import io
import json
import pickle
import pickletools
import random
import struct
import sys
import uuid

seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
rng = random.Random(seed)
cases = []
seen = set()


def disassembled(data, **options):
    out = io.StringIO()
    try:
        pickletools.dis(data, out, **options)
    except Exception as problem:
        return {"text": out.getvalue(), "error": type(problem).__name__, "message": str(problem)}
    return {"text": out.getvalue()}


def add(kind, data, **more):
    data = bytes(data)
    if data in seen:
        return
    result = disassembled(data)
    if len(data) + len(result["text"]) > 3000:
        return
    seen.add(data)
    cases.append({"kind": kind, "hex": data.hex(), **result, **more})


def text():
    alphabets = ["abcxyz 019", "'\"\\\n\t\r\0\x1b\x7f\x80\x85\xa0\xad\xff", "äß€漢字𝄞😀\u2028\ufeff\u200e\u0378\ue000",
                 "\ud800\udfff\ud83d\ude00"]
    return "".join(rng.choice(rng.choice(alphabets)) for _ in range(rng.choice([0, 1, 2, 5, 12])))


def some_bytes():
    return bytes(rng.choice([0, 10, 13, 34, 39, 65, 92, 97, 127, 128, 255, rng.randrange(256)])
                 for _ in range(rng.choice([0, 1, 3, 8, 20])))


def integer():
    return rng.choice([0, 1, -1, 127, 128, 255, 256, 65535, 65536, -32768, 2**31 - 1, -2**31, 2**31, 2**53 + 1, 2**63,
                       -2**63, 2**64, rng.getrandbits(100), -rng.getrandbits(300), rng.getrandbits(2100), rng.randrange(1000)])


def number():
    return rng.choice([0.0, -0.0, 1.5, 1e16, 1e-5, 1e22, 5e-324, 1.7976931348623157e308, float("inf"), float("-inf"),
                       float("nan"), rng.uniform(-1, 1), struct.unpack(">d", rng.randbytes(8))[0]])


def hashable(depth):
    kind = rng.randrange(8)
    if kind == 0 and depth:
        return tuple(hashable(depth - 1) for _ in range(rng.randrange(5)))
    if kind == 1 and depth:
        return frozenset([hashable(depth - 1)][: rng.randrange(2)])
    return rng.choice([None, True, False, integer(), number(), text(), some_bytes()])


def plain(depth):
    kind = rng.randrange(12)
    if depth == 0 or kind > 6:
        return rng.choice([hashable(1), hashable(0), bytearray(some_bytes())])
    if kind <= 1:
        return [plain(depth - 1) for _ in range(rng.randrange(6))]
    if kind == 2:
        return tuple(plain(depth - 1) for _ in range(rng.randrange(6)))
    if kind <= 4:
        return {hashable(1): plain(depth - 1) for _ in range(rng.randrange(5))}
    if kind == 5:
        return set([hashable(1)][: rng.randrange(2)])
    shared = plain(depth - 1)
    return rng.choice([[shared, shared], (shared, [shared]), {"a": shared, "b": shared}])


def recursive():
    whole = []
    whole.append((whole, {"self": whole}))
    yield whole
    table = {}
    table["t"] = table
    yield table
    inner = []
    pair = (inner, 1)
    inner.append(pair)
    yield pair
    deep = []
    for _ in range(20):
        deep = [deep]
    yield deep


class Point:
    def __init__(self):
        self.x = 1


class Slots:
    __slots__ = ("a",)

    def __init__(self):
        self.a = 2


def valid():
    values = list(recursive()) + [plain(rng.randrange(4)) for _ in range(90)]
    for value in values:
        for protocol in range(6):
            data = pickle.dumps(value, protocol)
            add("valid", data, protocol=protocol, repr=repr(pickle.loads(data)))
    stdlib = [datetime.datetime(2024, 2, 29), datetime.timedelta(1), complex(1, 2), array.array("h", [1, -2]),
              collections.OrderedDict(a=1), collections.deque([1]), collections.Counter("a"), decimal.Decimal("1.5"),
              fractions.Fraction(1, 3), uuid.UUID(int=5), ValueError("x"), range(3),
              slice(1), len, dict.fromkeys, Point, Slots, collections.defaultdict(list), bytes, type(None)]
    for value in stdlib:
        for protocol in range(6):
            add("imports", pickle.dumps(value, protocol))
    for protocol in range(2, 6):
        for value in (Point(), Slots()):
            add("imports", pickle.dumps(value, protocol))


def argument(kind, good):
    """Bytes for an argument of this kind; good ones, or ones at an edge."""
    short = rng.choice([0, 1, 2, 3, 5])
    body = rng.choice([b"abcde", b"\xc3\xa9\xe2\x82\xac", some_bytes(), text().encode("utf-8", "surrogatepass")])[:short if good else 99]
    if not good:
        body = rng.choice([body, b"\xed\xa0\x80\xed\xb0\x80", b"\xed\xa0", b"\xf0\x9f\x98", b"\xc0\x80", b"\xf5", b"a\xe2\x82A", b"\xf4\x90\x80\x80"])
    length = len(body) if good or rng.random() < 0.5 else rng.choice([len(body) + 1, 2**31 - 1, 255])
    words = [b"1", b"0", b"-7", b"00", b"01", b"2147483648", b"12L", b" 5 ", b"1_000"]
    odd = [b"", b"abc", b"0x10", b"1__0", b"_1", b"+3", b"- 3", b"1\x00", b"\xff", b"1e5", b"5L5", b"9" * 30, b"00L", b"L", b"\xa05"]
    floats = [b"1.5", b"-0.0", b"1e400", b"nan", b"-inf", b"1_0.5"]
    odd_floats = [b"", b".", b"1.", b".5", b"0x1p3", b"1e", b"1_.5", b"_1", b"infinit", b" 2 ", b"\xff", b"1,5", b"1e5_", b"+Infinity"]
    quoted = [b"'abc'", b'"abc"', b"'a\\x41\\n\\'b'", b"'\\101\\7'", b"''", b"'\\q\\\\'"]
    odd_quoted = [b"abc", b"'abc\"", b"'", b"\"", b"'\\x4'", b"'abc\\'", b"'\\777'", b"'\xff'", b"", b"'a'b'", b"'\\400'"]
    escaped = [b"abc", b"\\u20ac", b"\\ud834\\udd1e", b"\\U0001d11e", b"\xe9\\\\u0041", b"tail\\", b"'\""]
    odd_escaped = [b"\\u12", b"\\U0011000", b"\\U00110000", b"\\uzzzz", b"\\u", b"ab\\U1", b"\\ud800\\", b"\\x41"]
    pairs = [b"os\nsystem", b"builtins\nlist", b"a.b\nc.d", b"\n", b"copyreg\n_reconstructor", b"__builtin__\nset"]
    odd_pairs = [b"os", b"o\\x73\nsystem", b"\xff\nx", b"os\nsys\\", b'"\n"', b"a b\nc d"]
    pick = lambda fine, strange: rng.choice(fine if good else strange)
    return {
        "uint1": lambda: rng.choice([b"\0", b"\1", b"\2", b"\5", b"\xff"]),
        "uint2": lambda: rng.choice([b"\0\0", b"\1\0", b"\xff\xff"]),
        "uint4": lambda: rng.choice([b"\0\0\0\0", b"\1\0\0\0", b"\xff\xff\xff\xff"]),
        "uint8": lambda: struct.pack("<Q", rng.choice([0, 3, 20, 2**63, 2**64 - 1])),
        "int4": lambda: struct.pack("<i", rng.choice([0, 1, -1, 2**31 - 1, -2**31])),
        "float8": lambda: struct.pack(">d", number()),
        "long1": lambda: bytes([length % 256]) + body,
        "long4": lambda: struct.pack("<i", length if good else rng.choice([length, -1])) + body,
        "string1": lambda: bytes([length % 256]) + body,
        "string4": lambda: struct.pack("<i", length if good else rng.choice([length, -1])) + body,
        "bytes1": lambda: bytes([length % 256]) + body,
        "bytes4": lambda: struct.pack("<I", length) + body,
        "bytes8": lambda: struct.pack("<Q", length if good else rng.choice([length, 2**64 - 1, 2**63 - 1])) + body,
        "bytearray8": lambda: struct.pack("<Q", length if good else rng.choice([length, 2**63])) + body,
        "unicodestring1": lambda: bytes([length % 256]) + body,
        "unicodestring4": lambda: struct.pack("<I", length) + body,
        "unicodestring8": lambda: struct.pack("<Q", length if good else rng.choice([length, 2**64 - 1])) + body,
        "decimalnl_short": lambda: pick(words[:6], words + odd) + b"\n",
        "decimalnl_long": lambda: pick(words, odd) + b"\n",
        "floatnl": lambda: pick(floats, odd_floats) + b"\n",
        "stringnl": lambda: pick(quoted, odd_quoted) + b"\n",
        "stringnl_noescape": lambda: pick([b"abc", b"", b"x y"], [b"\\x41", b"\xff", b"\\", b"\\x"]) + b"\n",
        "stringnl_noescape_pair": lambda: pick(pairs, odd_pairs) + b"\n",
        "unicodestringnl": lambda: pick(escaped, odd_escaped) + b"\n",
    }[kind]()


def operation(opcode, good=True):
    code = opcode.code.encode("latin-1")
    return code if opcode.arg is None else code + argument(opcode.arg.name, good)


def each_opcode():
    for opcode in pickletools.opcodes:
        if opcode.arg is None:
            add("opcode", operation(opcode) + b".")
        else:
            for good in (True,) * 6 + (False,) * 14:
                data = operation(opcode, good)
                add("opcode", data + b".")
                if len(data) > 1:
                    add("truncated", data[: rng.randrange(1, len(data))])
        add("opcode", b"(NNN" + operation(opcode) + b"0.")
        add("opcode", b"N(N" + operation(opcode) + b".")


def soup():
    """Random opcodes that mostly find what they want on the stack, so that dis gets far."""
    depth, marks, out = 0, [], b""
    for _ in range(rng.randrange(3, 25)):
        for _ in range(50):
            opcode = rng.choice(pickletools.opcodes)
            if opcode.name == "STOP":
                continue
            marked = pickletools.markobject in opcode.stack_before
            wanted = opcode.stack_before.index(pickletools.markobject) if marked else len(opcode.stack_before)
            if (not marked or marks and marks[-1] >= wanted) and (marked or depth - (marks[-1] + 1 if marks else 0) >= wanted):
                break
            if rng.random() < 0.03:
                break
        out += operation(opcode, rng.random() < 0.97)
        if marked:
            depth = marks.pop() if marks else depth
        depth = max(0, depth - wanted) + len(opcode.stack_after)
        if opcode.name == "MARK":
            marks.append(depth - 1)
    return out + (b"0" * max(0, depth - 1) if rng.random() < 0.5 else b"") + b"."


def mutated(data):
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        kind = rng.randrange(6)
        place = rng.randrange(len(data) + 1)
        if kind == 0 and data:
            data[place % len(data)] = rng.randrange(256)
        elif kind == 1 and data:
            data[place % len(data)] = ord(rng.choice(pickletools.opcodes).code)
        elif kind == 2:
            del data[place : place + rng.choice([1, 1, 2, 5])]
        elif kind == 3:
            data[place:place] = rng.choice([b"(", b"0", b"2", b".", b"\x94", b"q\0", b"h\0", b"N", rng.randbytes(2)])
        elif kind == 4:
            data = data[:place]
        else:
            end = rng.randrange(len(data) + 1)
            data[place:place] = data[min(place, end) : max(place, end)][:12]
    return data


def hostile():
    modules = [("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "exec"), ("builtins", "getattr"),
               ("subprocess", "Popen"), ("importlib", "import_module"), ("operator", "attrgetter"), ("runpy", "_run_code"),
               ("pickle", "loads"), ("functools", "partial"), ("socket", "socket"), ("timeit", "timeit"), ("pty", "spawn"),
               ("builtins", "__import__"), ("code", "interact"), ("torch.hub", "load"), ("numpy", "load")]
    for module, name in modules:
        m, n = module.encode(), name.encode()
        path = b"c" + m + b"\n" + n + b"\n"
        short = lambda word: b"\x8c" + bytes([len(word)]) + word
        onstack = short(m) + short(n) + b"\x93"
        for data in (path + b"(S'x'\ntR.", b"(S'x'\ni" + m + b"\n" + n + b"\n.", b"(" + path + b"S'x'\no.",
                     b"\x80\x02" + path + b"X\x01\0\0\0x\x85\x81.", b"\x80\x04" + onstack + b"\x8c\x01x\x85R0N.",
                     b"\x80\x04" + onstack + b")}\x92.", b"\x80\x04" + short(n) + b"\x94" + short(m) + b"h\0\x93)R.",
                     b"\x80\x04" + onstack + b"\x94)R}\x8c\x01ah\0sb.", path + b")Rnonsense", path + b"0N.N."):
            add("hostile", data)
    for data in (b"\x80\x02\x82\x01.", b"\x83\x01\x01.", b"\x84\xff\xff\xff\xff.", b"Pid\n.", b"NQ.", b"\x80\x05\x97\x98.",
                 b"\x80\x04C\x02osC\x06system\x93.", b"\x80\x04K\x01K\x02\x93)R.", b"N.cos\nsystem\n.", b"("*60 + b"N.",
                 b"\x8b\xff\xff\xff\x7f\x01.", b"I" + b"1" * 900 + b"\n.", b"\x8a\xff" + b"\x7f" * 255 + b".", b"", b".", b"\xff",
                 b"\x80", b"\x80\x09N.", b"\x95\xff\xff\xff\xff\xff\xff\xff\xffN."):
        add("hostile", data)


valid()
each_opcode()
hostile()
bodies = [bytes.fromhex(case["hex"]) for case in cases if len(case["hex"]) < 240]
for _ in range(500):
    add("mutated", mutated(rng.choice(bodies)))
for _ in range(700):
    add("soup", soup())
print(json.dumps({"made_with": f"CPython {sys.version.split()[0]}, seed {seed}"})[:-1] + ', "cases": [')
print(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
print("]}")
