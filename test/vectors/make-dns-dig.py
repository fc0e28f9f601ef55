"""Makes dns-dig.json: whole DNS messages, and what dig prints of each.

A server of our own answers dig with the messages below. Run: /usr/bin/python3 make-dns-dig.py, with dig 9.18 in the PATH.
"""
import json, os, socket, struct, subprocess, threading

QR, AA, TC, RD, RA, Z, AD, CD = 0x8000, 0x0400, 0x0200, 0x0100, 0x0080, 0x0040, 0x0020, 0x0010
IN, CH, HS, NONE, ANY = 1, 3, 4, 254, 255
COOKIE = '0123456789abcdef'


def name(text):
    return b''.join(bytes([len(label)]) + label.encode('latin1') for label in text.split('.') if label) + b'\0'


def question(owner='www.example.test', kind=1, code=IN):
    return name(owner) + struct.pack('>HH', kind, code)


def record(owner, kind, data, ttl=300, code=IN):
    return name(owner) + struct.pack('>HHIH', kind, code, ttl, len(data)) + data


def option(code, data):
    return struct.pack('>HH', code, len(data)) + data


def opt(options=b'', size=1232, flags=0, version=0, extended=0):
    return b'\0' + struct.pack('>HHBBHH', 41, size, extended, version, flags, len(options)) + options


def message(flags, questions=(), answers=(), authorities=(), additionals=(), after=b''):
    counts = struct.pack('>HHHH', len(questions), len(answers), len(authorities), len(additionals))
    return struct.pack('>HH', 4660, flags) + counts + b''.join([*questions, *answers, *authorities, *additionals]) + after


A = b'\xc0\0\2\1'
SOA = name('ns.example.test') + name('host.example.test') + struct.pack('>IIIII', 1, 2, 3, 4, 5)
TSIG = name('hmac-sha256') + struct.pack('>HIHH', 0, 1796096000, 300, 32) + bytes(range(32)) + struct.pack('>HHH', 4660, 0, 0)
BADTIME = name('hmac-sha256') + struct.pack('>HIHH', 0, 1796096000, 300, 0) + struct.pack('>HHH', 4660, 18, 6) + bytes(6)
SIG0 = struct.pack('>HBBIIIH', 0, 13, 0, 0, 1796096300, 1796096000, 7) + name('key.example.test') + bytes(64)

OPTIONS = {
    'LLQ': option(1, struct.pack('>HHHQI', 1, 2, 0, 0x1234567890, 3600)),
    'NSID': option(3, b'ns1.example'),
    'NSID, bytes': option(3, b'\0\x80"\\ ~'),
    'NSID, empty': option(3, b''),
    'DAU': option(5, bytes([8, 13])),
    'DHU': option(6, bytes([2])),
    'N3U': option(7, bytes([1])),
    'subnet 4': option(8, b'\0\1\x18\0\xc0\0\2'),
    'subnet 4 with scope': option(8, b'\0\1\x10\x18\xc0\0'),
    'subnet 6': option(8, b'\0\2\x20\0\x20\1\x0d\xb8'),
    'subnet 0': option(8, b'\0\0\0\0'),
    'subnet 4, none': option(8, b'\0\1\0\0'),
    'expire': option(9, struct.pack('>I', 1209600)),
    'expire, mixed': option(9, struct.pack('>I', 694861)),
    'expire, none': option(9, b''),
    'expire 0': option(9, struct.pack('>I', 0)),
    'cookie, good': option(10, bytes.fromhex(COOKIE) + bytes(range(16))),
    'cookie, client only': option(10, bytes.fromhex(COOKIE)),
    'keepalive': option(11, struct.pack('>H', 100)),
    'keepalive 0': option(11, struct.pack('>H', 0)),
    'keepalive, none': option(11, b''),
    'padding': option(12, bytes(468)),
    'padding 1': option(12, bytes(1)),
    'padding 0': option(12, b''),
    'chain': option(13, name('example.test')),
    'key tags': option(14, struct.pack('>HH', 20326, 38696)),
    'EDE 0': option(15, b'\0\0'),
    'EDE 6': option(15, b'\0\6'),
    'EDE 7 with text': option(15, b'\0\7signature of www.example.test expired'),
    'EDE 22': option(15, struct.pack('>H', 22)),
    'EDE 24': option(15, struct.pack('>H', 24) + b'x'),
    'EDE 4242': option(15, struct.pack('>H', 4242) + b'extra'),
    'EDE, twice': option(15, b'\0\6') + option(15, b'\0\1'),
    'client tag': option(16, struct.pack('>H', 7)),
    'server tag': option(17, struct.pack('>H', 7)),
    'report channel': option(18, name('agent.test')),
    'zone version': option(19, b'\2\0\0\0\0\1'),
    'of private use': option(65001, b'abc'),
    'of private use, empty': option(65001, b''),
    'several': option(3, b'id') + option(12, bytes(3)) + option(65002, b'\1'),
}

MESSAGES = {
    'an answer': message(QR | AA | RD | RA, [question()], [record('www.example.test', 1, A)]),
    'an answer with everything': message(
        QR | AA | RD | RA, [question()],
        [record('www.example.test', 5, name('pool.example.test')), record('pool.example.test', 1, A, 0), record('pool.example.test', 1, b'\xc0\0\2\2', 4294967295)],
        [record('example.test', 2, name('ns.example.test'), 86400)],
        [record('ns.example.test', 28, bytes(15) + b'\1'), opt()]),
    'no such name': message(QR | AA | 3, [question('nothing.example.test')], [], [record('example.test', 6, SOA)]),
    'recursion refused': message(QR | RD | 5, [question()]),
    'recursion not available': message(QR | RD, [question()], [record('www.example.test', 1, A)]),
    'all flags': message(QR | AA | TC | RD | RA | AD | CD, [question()]),
    'the reserved flag': message(QR | RA | Z, [question()]),
    'no question': message(QR | 1),
    'bytes behind': message(QR | RA, [question()], [record('www.example.test', 1, A)], after=b'ab'),
    'a byte behind': message(QR | RA, [question()], [record('www.example.test', 1, A)], after=b'a'),
    'names of all widths': message(QR | RA, [question('a' * 60 + '.' + 'b' * 30)], [
        record(owner, 16, b'\1x', ttl) for owner in ['', 'a', 'abcdefg', 'a' * 14, 'a' * 22, 'a' * 23, 'a' * 24, 'a' * 31, 'a' * 39, 'a' * 60 + '.bbb'] for ttl in (1, 1234567, 12345678, 4294967295)]),
    'long types': message(QR | RA, [question(kind=65280, code=ANY)], [record('a', 65280, b'\1\2\3', code=999), record('a', 51, b'\1\0\0\0\0'), record('a', 48, b'\1\1\3\x0d' + bytes(64)), record('a', 250 + 7, b'\0\5issueca')]),
    'names with odd bytes': message(QR | RA, [question('a b"(;)$@\\\xff')], [record('a b"(;)$@\\\xff', 2, name('*.x'))]),
    'chaos': message(QR | AA, [question('version.bind', 16, CH)], [record('version.bind', 16, b'\x0519.18', 0, CH)]),
    'hesiod': message(QR | AA, [question('x', 16, HS)], [record('x', 16, b'\1h', 0, HS)]),
    'any': message(QR | AA, [question('example.test', 255)], [record('example.test', 13, b'\7RFC8482\0')]),
    'response code 11': message(QR | 11, [question()]),
    'response code 16': message(QR, [question()], additionals=[opt(extended=1)]),
    'response code 23': message(QR | 7, [question()], additionals=[opt(extended=1)]),
    'response code 4095': message(QR | 15, [question()], additionals=[opt(extended=255)]),
    'a status': message(QR | 0x1000 | 4, [question()]),
    'a notification': message(QR | 0x2000 | AA, [question('example.test', 6)]),
    'opcode 6': message(QR | 0x3000 | 4, [question()]),
    'EDNS': message(QR | RA, [question()], additionals=[opt()]),
    'EDNS with DO': message(QR | RA, [question()], additionals=[opt(flags=0x8000, size=4096)]),
    'EDNS with more flags': message(QR | RA, [question()], additionals=[opt(flags=0x8001)]),
    'EDNS version 1': message(QR | RA, [question()], additionals=[opt(version=1)]),
    'a signed answer': message(QR | AA, [question()], [record('www.example.test', 1, A)], [], [record('key.example.test', 250, TSIG, 0, ANY)]),
    'a signature that failed': message(QR | 9, [question()], [], [], [opt(), record('key.example.test', 250, BADTIME, 0, ANY)]),
    'a SIG(0)': message(QR | AA, [question()], [], [], [record('', 24, SIG0, 0, ANY)]),
}
for code in [*range(12), 12, 15, *range(16, 26)]:
    MESSAGES[f'the response code {code}'] = message(QR | RA | code & 15, [question()], additionals=[opt(extended=code >> 4)])
for code in (CH, HS, 999):
    foreign = [record('x', kind, bytes(range(1, 17)), 1, code) for kind in (28, 42, 49)]
    known = [record('x', 15, b'\0\1\0', 1, code), record('x', 16, b'\1a', 1, code)] + ([] if code == CH else [record('x', 1, A, 1, code)])
    MESSAGES[f'types in the class {code}'] = message(QR | AA, [question('x', 16, code)], foreign + known)
for title, options in OPTIONS.items():
    MESSAGES[f'the option {title}'] = message(QR | RA, [question()], additionals=[opt(options)])


def asked(reply):
    """The question of the message as dig takes it, or any when there is none: dig takes no answer to another question."""
    if reply[4:6] == b'\0\0':
        return ['-q', 'www.example.test']
    labels, at = [], 12
    while reply[at] != 0:
        labels.append(''.join(chr(byte) if chr(byte).isalnum() and byte < 128 else f'\\{byte:03}' for byte in reply[at + 1:at + 1 + reply[at]]))
        at += 1 + reply[at]
    kind, code = struct.unpack('>HH', reply[at + 1:at + 5])
    return ['-q', '.'.join(labels) + '.', '-t', f'TYPE{kind}', '-c', f'CLASS{code}']


def main():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(('127.0.0.1', 0))
    port = server.getsockname()[1]
    reply = [b'']

    def serve():
        while True:
            query, peer = server.recvfrom(4096)
            server.sendto(query[:2] + reply[0][2:], peer)

    threading.Thread(target=serve, daemon=True).start()
    vectors = []
    for title, reply[0] in MESSAGES.items():
        edns = [f'+cookie={COOKIE}'] if b'\0\0\x29' in reply[0] else ['+noedns']
        command = ['dig', '@127.0.0.1', '-p', str(port), '+norecurse', '+qid=4660', '+ignore', '+time=2', '+tries=1', '+nobadcookie', '+nocmd', '+nostats', '+notcp', f'+opcode={reply[0][2] >> 3 & 15}', *edns, *asked(reply[0])]
        printed = subprocess.run(command, capture_output=True, text=True).stdout
        vectors.append({'title': title, 'hex': reply[0].hex(), 'printed': printed.split('\n')})
    version = subprocess.run(['dig', '-v'], capture_output=True, text=True).stderr.strip()
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'dns-dig.json'), 'w') as out:
        out.write(json.dumps({'madeWith': version, 'clientCookie': COOKIE, 'messages': vectors}, indent=1) + '\n')
    print(len(vectors), 'messages')


main()
