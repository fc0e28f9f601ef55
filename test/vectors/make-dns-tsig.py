"""Makes dns-tsig.json with dnspython: messages signed with every algorithm, alone and as the answer to a query in pieces."""

import base64
import json
import pathlib

import dns.message
import dns.name
import dns.rdatatype
import dns.rrset
import dns.tsig

TIME = 1_800_000_000
SECRETS = {
    'hmac-md5.sig-alg.reg.int.': 'c2l4dGVlbiBieXRlcyBvaw==',
    'hmac-sha1.': 'dHdlbnR5IGJ5dGVzIHNlY3JldCE=',
    'hmac-sha224.': 'MjI0IGJpdHMgYXJlIDI4IGJ5dGVzIG9rIQ==',
    'hmac-sha256.': 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
    'hmac-sha384.': 'YSBzZWNyZXQgdGhhdCBpcyBsb25nZXIgdGhhbiBvbmUgYmxvY2sgb2YgdGhlIGhhc2ggZnVuY3Rpb24=',
    'hmac-sha512.': 'c2hvcnQ=',
}


def signed(wire, key, algorithm, request_mac=b'', context=None, multi=None):
    original_id = int.from_bytes(wire[:2], 'big')
    rdata = dns.rdtypes.ANY.TSIG.TSIG(255, 250, algorithm, 0, 300, b'', original_id, 0, b'')
    rdata, context = dns.tsig.sign(wire, key, rdata, TIME, request_mac, context, multi)
    data = rdata.to_wire()
    record = key.name.to_wire() + bytes([0, 250, 0, 255, 0, 0, 0, 0]) + len(data).to_bytes(2, 'big') + data
    count = int.from_bytes(wire[10:12], 'big') + 1
    return wire[:10] + count.to_bytes(2, 'big') + wire[12:] + record, rdata.mac, context


def answer(query, index):
    message = dns.message.make_response(query)
    text = f'message {index} of the transfer'
    message.answer.append(dns.rrset.from_text(f't{index}.example.test.', 300, 'IN', 'TXT', f'"{text}"'))
    return message.to_wire()


def case(algorithm, secret):
    name = dns.name.from_text('Transfer.Key.example.')
    key = dns.tsig.Key(name, base64.b64decode(secret), dns.name.from_text(algorithm))
    query = dns.message.make_query('Example.test.', 'AXFR')
    query.id = 0x4D2
    wire = query.to_wire()
    signed_query, mac, _ = signed(wire, key, key.algorithm)
    alone, _, _ = signed(answer(query, 0), key, key.algorithm, mac)
    pieces, context = [], None
    for index in range(3):
        piece, _, context = signed(answer(query, index), key, key.algorithm, mac, context, True)
        pieces.append(piece.hex())
    short = algorithm.split('.')[0]
    return {
        'key': f'{short}:transfer.key.example:{secret}',
        'time': TIME,
        'query': wire.hex(),
        'signedQuery': signed_query.hex(),
        'mac': mac.hex(),
        'answer': answer(query, 0).hex(),
        'signedAnswer': alone.hex(),
        'pieces': pieces,
    }


cases = [case(algorithm, secret) for algorithm, secret in SECRETS.items()]
path = pathlib.Path(__file__).with_name('dns-tsig.json')
path.write_text(json.dumps({'made': 'by make-dns-tsig.py with dnspython', 'cases': cases}, indent=1) + '\n')
