"""Writes lookups.json: what socket.getaddrinfo() gives for each question here, on the machine that ran it.

    /usr/bin/python3 test/vectors/make-lookups.py > test/vectors/lookups.json

`portable` marks the questions that need no file, no interface and no name server of the machine: their answers are the same
wherever glibc is. The rest is compared only with a Python that is asked at the same time.
"""

import json
import socket

INET, INET6, UNSPEC = socket.AF_INET, socket.AF_INET6, socket.AF_UNSPEC
PASSIVE, CANON, HOST = socket.AI_PASSIVE, socket.AI_CANONNAME, socket.AI_NUMERICHOST
SERV, MAPPED, ALL, CONFIG = socket.AI_NUMERICSERV, socket.AI_V4MAPPED, socket.AI_ALL, socket.AI_ADDRCONFIG

questions = []


def ask(host, service, family=0, kind=0, proto=0, flags=0, portable=False):
    questions.append((host, service, family, kind, proto, flags, portable))


# Literals: every way to write an IPv4 address that inet_aton() takes, and those it does not.
for host in ['127.0.0.1', '127.1', '0x7f.1', '2130706433', '0177.0.0.1', '0.0.0.0', '255.255.255.255', '192.0.2.1', '127.0.1',
             '::1', '::', '2001:db8::1', '::ffff:127.0.0.1', '::127.0.0.1', '::1:2', 'fe80::1', 'ff02::1', 'FE80::ABCD',
             '2001:0db8:0000:0000:0000:0000:0000:0001', '1::', '::ffff:0:0', '64:ff9b::192.0.2.1']:
    ask(host, '80', portable=True)
for host in ['256.0.0.1', '1.2.3.4.5', '[::1]', '1.2.3', ':::1', '12345::', 'no such', '127.0.0.1 ', ' 127.0.0.1', '0x', '']:
    ask(host, '80', flags=HOST, portable=True)
ask('', None, portable=True)
ask('', '80', portable=True)

# Services: numbers as strtoul() reads them, modulo 65536, and names.
for service in ['0', '1', '80', '080', ' 80', '65535', '65536', '99999', '4294967295', '-1', '0x50', '80x', '', ' ']:
    ask('127.0.0.1', service, flags=HOST, portable=service not in ('-1',))
ask('127.0.0.1', None, portable=True)
for service in ['http', 'www', 'ssh', 'domain', 'ntp', 'nosuchservice']:
    ask('127.0.0.1', service)
    ask('127.0.0.1', service, kind=socket.SOCK_STREAM)
    ask('127.0.0.1', service, kind=socket.SOCK_DGRAM)
ask('127.0.0.1', 'http', kind=socket.SOCK_RAW)
ask('127.0.0.1', 'http', flags=SERV, portable=True)
ask('127.0.0.1', '80', flags=SERV, portable=True)

# Families, types and protocols, and what does not go together.
for family in [INET, INET6, socket.AF_UNIX, 17, 999]:
    ask('127.0.0.1', '80', family, portable=True)
    ask('::1', '80', family, portable=True)
ask('::ffff:127.0.0.1', '80', INET, portable=True)
for kind in [1, 2, 3, 4, 5, 6, 7]:
    ask('127.0.0.1', '80', kind=kind, portable=True)
    ask('127.0.0.1', None, kind=kind, portable=True)
for proto in [6, 17, 1, 132, 255, 262, 33, 136, 41, 9999, -1]:
    ask('127.0.0.1', '80', proto=proto, portable=True)
ask('127.0.0.1', '80', kind=1, proto=17, portable=True)
ask('127.0.0.1', '80', kind=1, proto=262, portable=True)
ask('127.0.0.1', '80', kind=2, proto=6, portable=True)
ask('127.0.0.1', '80', kind=2, proto=136, portable=True)
ask('127.0.0.1', '80', kind=1, proto=132, portable=True)
ask('127.0.0.1', '80', kind=3, proto=1, portable=True)

# No host: the wildcard or the loopback addresses.
for flags in [0, PASSIVE, CANON, HOST, PASSIVE | HOST, CONFIG]:
    # Which family comes first is a matter of the machine's routes (RFC 6724).
    ask(None, '80', flags=flags, portable=flags == CANON)
    ask(None, '80', INET, 1, 0, flags, portable=flags != CONFIG)
ask(None, '80', INET6, 1, 0, PASSIVE, portable=True)
ask('*', '80')
ask('*', '80', flags=PASSIVE)
ask(None, None, portable=True)
ask('*', None, portable=True)

# Flags.
ask('127.0.0.1', '80', INET6, 1, 0, MAPPED, portable=True)
ask('127.0.0.1', '80', INET6, 1, 0, MAPPED | ALL, portable=True)
ask('127.0.0.1', '80', INET, 1, 0, MAPPED, portable=True)
ask('127.0.0.1', '80', flags=CANON, portable=True)
ask('2001:db8::1', '80', flags=CANON, portable=True)
ask('fe80::1%1', '80', flags=CANON, portable=True)
ask('127.0.0.1', '80', flags=CANON | HOST, portable=True)
ask('127.0.0.1', '80', flags=CONFIG)
ask('::1', '80', flags=CONFIG)
ask('127.0.0.1', '80', flags=0x10000, portable=True)
ask('localhost', 'http', flags=HOST, portable=True)
for flags in [0, CANON, PASSIVE, CONFIG, MAPPED, MAPPED | ALL, CANON | CONFIG]:
    for family in [UNSPEC, INET, INET6]:
        ask('localhost', '80', family, 1, 0, flags)
ask('LOCALHOST', 'www')
ask('localhost', 'www')
ask('localhost', None)

# Scopes.
for host in ['fe80::1%1', 'fe80::1%99', 'fe80::1%0', 'ff02::1%1', 'fe80::1%4294967295']:
    ask(host, '80', kind=1, portable=True)
for host in ['fe80::1%lo', 'ff02::1%lo', '::1%lo', '2001:db8::1%lo', 'fe80::1%nosuch', 'fe80::1%', '::1%1', '2001:db8::1%1', '127.0.0.1%lo']:
    ask(host, '80', kind=1, flags=HOST)


def answer(host, service, family, kind, proto, flags):
    try:
        rows = socket.getaddrinfo(host, service, family, kind, proto, flags)
    except socket.gaierror as error:
        return {'error': error.errno, 'says': error.strerror}
    return {'rows': [[int(f), int(k), p, name, list(address)] for f, k, p, name, address in rows]}


def main():
    out = []
    for host, service, family, kind, proto, flags, portable in questions:
        question = {'host': host, 'service': service, 'family': int(family), 'type': int(kind), 'proto': proto, 'flags': int(flags)}
        out.append({**question, 'portable': portable, **answer(host, service, family, kind, proto, flags)})
    lines = ',\n'.join(json.dumps(one) for one in out)
    print(f'[\n{lines}\n]')


main()
