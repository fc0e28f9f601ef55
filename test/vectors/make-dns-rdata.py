"""Makes dns-rdata.json: the data of DNS records as text, as bytes and as dig prints it.

BIND's named-rrchecker makes the bytes of each text; a server of our own answers dig with these bytes, and dig prints them.
Run: /usr/bin/python3 make-dns-rdata.py, with BIND 9.18 in the PATH. A record that BIND refuses is told and left out.
"""
import json, os, socket, struct, subprocess, tempfile, threading

KEY = 'AwEAAcUlFV1vhmqx6NSOUOq2R/dsR7Xm3upJj7IommWSpJABVfW8Q0rOvXdM6kzt+TAu92L9AbsUdblMFin8CVF3n4s='
LONG = 'mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ=='
H40 = '123456789abcdef67890123456789abcdef67890'
H64 = H40 + '0123456789abcdef01234567'
H96 = H64 + 'fedcba9876543210fedcba9876543210'
H128 = H64 + H64
SIG = 'oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o='

RECORDS = f'''
A 192.0.2.1
A 0.0.0.0
A 255.255.255.255
NS ns1.example.
NS .
NS relative
NS \\000\\001\\255.example.
NS with\\.dot.example.
NS a\\;b\\(c\\)d\\"e\\@f\\$g.example.
NS back\\\\slash.example.
NS UPPER.Example.
NS xn--bcher-kva.example.
NS {'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 40}.
MD md.example.
MF mf.example.
CNAME canonical.example.
SOA ns.example. hostmaster.example. 2026120101 7200 3600 1209600 300
SOA ns.example. host\\.master.example. 0 0 0 0 0
SOA . . 4294967295 4294967295 4294967295 4294967295 4294967295
SOA ns h ( 1 2h 30m 2w 1h30m10s )
MB mb.example.
MG mg.example.
MR mr.example.
NULL \\# 4 01020304
NULL \\# 0
WKS 192.0.2.1 6 25 80 443
WKS 192.0.2.1 17 53
WKS 192.0.2.1 6
WKS 192.0.2.1 6 65535
PTR host.example.
HINFO "PC-Intel-700mhz" "Redhat 7.1"
HINFO RFC8482 ""
HINFO "" ""
MINFO admin.example. errors.example.
MX 10 mail.example.
MX 0 .
MX 65535 mail
TXT "v=spf1 -all"
TXT ""
TXT "" ""
TXT one two three
TXT "one two" three "four;five"
TXT "quote \\" backslash \\\\ semicolon ;"
TXT "\\000\\001\\031\\127\\128\\255"
TXT tab\\009tab
TXT semi\\;colon
TXT "{'x' * 255}"
TXT "{'x' * 255}" "{'y' * 255}" "{'z' * 10}"
TXT "(parens)" "@at" "$dollar" "'single'"
TXT "caf\\195\\169"
RP mailbox.example. text.example.
RP . .
AFSDB 1 afs.example.
AFSDB 2 dce.example.
X25 "311061700956"
X25 31106
ISDN "150862028003217"
ISDN "150862028003217" "004"
RT 2 relay.example.
NSAP 0x47.0005.80.005a00.0000.0001.e133.ffffff000161.00
NSAP 0x4700
NSAP-PTR nsap.example.
SIG A 5 3 3600 20261231235959 20260101000000 12345 example. {SIG}
KEY 256 3 8 {KEY}
KEY 512 3 1 {KEY}
PX 10 map822.example. mapx400.example.
GPOS "-32.6882" "116.8652" "10.0"
GPOS -0 0 0
AAAA 2001:db8::1
AAAA ::
AAAA ::1
AAAA ::ffff:192.0.2.1
AAAA ::192.0.2.1
AAAA ::2
AAAA 2001:db8:0:0:1:0:0:1
AAAA 2001:db8:0:1:1:1:1:1
AAAA 0:0:1:0:0:0:1:0
AAAA 1:2:3:4:5:6:7::
AAAA 1::8
AAAA fe80::1:0
AAAA ff02::fb
AAAA ::ffff:0:1.2.3.4
AAAA 64:ff9b::192.0.2.33
AAAA 1:0:0:2:0:0:0:3
LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
LOC 42 21 54 N 71 06 18 W -24m 30m
LOC 42 21 43.528 N 71 05 06.284 W -25m 1m 3000m 10m
LOC 0 N 0 E 0
LOC 90 N 180 E 42849672.95m 90000000m 90000000m 90000000m
LOC 90 S 180 W -100000.00m 0.01m 0.10m 0.99m
LOC 32 7 19 S 116 2 25 E 10m
LOC 1 2 N 3 4 W 5.5m 1.5m 25m 333m
NXT next.example. A MX SIG NXT
NXT next.example. A
EID 01020304
EID e32c6f78163a9348
NIMLOC 32251a030067
SRV 0 0 0 .
SRV 10 60 5060 sip.example.
SRV 65535 65535 65535 Big.Example.
ATMA 39246f00e7c9c0312000100001000012345678
ATMA +15551234567
NAPTR 100 10 "S" "SIP+D2U" "" _sip._udp.example.
NAPTR 100 50 "u" "E2U+sip" "!^.*$!sip:customer-service@example.com!" .
NAPTR 0 0 "" "" "" .
NAPTR 65535 65535 "flags" "serv ice" "" target.example.
KX 10 kx.example.
CERT PKIX 12345 RSASHA256 {KEY}
CERT 1 0 0 {LONG}
CERT PGP 65535 ECDSAP256SHA256 AQID
CERT SPKI 1 5 AQID
CERT URI 0 0 aHR0cA==
CERT OID 0 0 aHR0cA==
CERT 65280 0 0 AQID
CERT IPKIX 0 RSASHA1 AQID
A6 0 2001:db8::1
A6 64 ::1:2:3:4 prefix.example.
A6 61 ::1:2:3:4 prefix.example.
DNAME dname.example.
SINK 1 2 3 AQID
SINK 8 0 0 {KEY}
APL 1:192.168.32.0/21 !1:192.168.38.0/28
APL 1:224.0.0.0/4 2:ff00:0:0:0:0:0:0:0/8
APL 1:0.0.0.0/0 2:2001:db8::/32 !2:2001:db8:1::/48
APL \\# 0
DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118
DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
DS 12345 13 4 {H96}
DS 0 0 255 00
DS 65535 ECDSAP384SHA384 2 {H64}
SSHFP 2 1 {H40}
SSHFP 4 2 {H64}
SSHFP 1 2 ( {H64[:20]} {H64[20:]} )
IPSECKEY 10 1 2 192.0.2.38 {KEY}
IPSECKEY 10 0 2 . {LONG}
IPSECKEY 10 3 2 gateway.example. {KEY}
IPSECKEY 10 2 2 2001:db8:0:8002::2000:1 {KEY}
RRSIG A 5 3 86400 20260322173103 20260220173103 2642 example. {SIG}
RRSIG TYPE65280 13 0 0 20380119031408 19700101000000 0 . {LONG}
RRSIG NSEC3 13 2 300 2147483648 0 65535 Example. {LONG}
RRSIG SOA ECDSAP256SHA256 2 300 20261201000000 20261101000000 1 example. {LONG}
NSEC host.example. A MX RRSIG NSEC TYPE1234
NSEC \\000.example. A
NSEC . NS SOA RRSIG NSEC DNSKEY
NSEC a.example. CAA TYPE65535
NSEC Z.Example. A NS SOA PTR MX TXT AAAA SRV NAPTR DNAME DS RRSIG NSEC DNSKEY CDS CDNSKEY HTTPS URI CAA
DNSKEY 256 3 5 {KEY}
DNSKEY 257 3 13 {LONG}
DNSKEY 257 3 ED25519 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
DNSKEY 385 3 8 {KEY}
DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=
DHCID AAABxLmlskllE0MVjd57zHcWmEH3pCQ6VytcKD//7es/deY=
NSEC3 1 1 12 aabbccdd 2vptu5timamqttgl4luu9kg21e0aor3s A RRSIG
NSEC3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM
NSEC3 1 0 10 {'ab' * 60} 2t7b4g4vsa5smi47k61mv5bv1a22bojr
NSEC3 1 1 65535 00 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom TYPE65280
NSEC3PARAM 1 0 12 aabbccdd
NSEC3PARAM 1 0 0 -
NSEC3PARAM 255 255 65535 ff
TLSA 3 1 1 {H64}
TLSA 0 0 0 {H128}
TLSA 3 1 2 {H128}
TLSA 1 0 1 00
SMIMEA 3 0 0 {H128}
SMIMEA 3 1 1 {H64}
HIP 2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D
HIP 2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D rvs.example. rvs2.example.
NINFO "zone status"
NINFO a b
RKEY 0 1 1 {KEY}
TALINK . next.example.
TALINK prev.example. next.example.
CDS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118
CDS 0 0 0 00
CDNSKEY 257 3 13 {LONG}
CDNSKEY 0 3 0 AA==
OPENPGPKEY AQIDBA==
OPENPGPKEY {KEY}
CSYNC 66 3 A NS AAAA
CSYNC 4294967295 65535
CSYNC 0 0 A
ZONEMD 2018031500 1 1 {H96}
ZONEMD 2018031500 1 2 {H128}
ZONEMD 1 240 241 {H64}
SVCB 0 foo.example.
SVCB 1 .
SVCB 16 foo.example. port=53
SVCB 1 foo.example. key667="hello"
SVCB 1 foo.example. key667="hello\\210qoo"
SVCB 1 foo.example. ipv6hint="2001:db8::1,2001:db8::53:1"
SVCB 1 example. ipv6hint="2001:db8:122:344::192.0.2.33"
SVCB 16 foo.example. ( alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1 )
SVCB 16 foo.example. alpn="f\\\\\\\\oo\\\\,bar,h2"
SVCB 16 foo.example. alpn=f\\\\\\092oo\\092,bar,h2
SVCB 1 foo.example. alpn=h2 no-default-alpn
SVCB 3 foo.example. alpn="h2,h3" ech="{LONG}" ipv4hint=192.0.2.1,192.0.2.2
SVCB 2 a.example. key65535
SVCB 2 a.example. key65000="" key65001=x
HTTPS 1 . alpn="h2,h3" ipv4hint=192.0.2.80 ipv6hint=2001:db8::80
HTTPS 0 svc.example.
HTTPS 1 . alpn=h2
HTTPS 65535 pool.example. mandatory=port port=8443
SPF "v=spf1 +mx a:colo.example.com/28 -all"
NID 10 0014:4fff:ff20:ee64
NID 65535 0000:0000:0000:0000
L32 10 10.1.2.0
L64 10 2001:0DB8:1140:1000
LP 10 l64-subnet1.example.
EUI48 00-00-5e-00-53-2a
EUI48 FF-ff-FF-ff-FF-ff
EUI64 00-00-5e-ef-10-00-00-2a
URI 10 1 "ftp://ftp1.example.com/public"
URI 0 0 ""
URI 65535 65535 "https://a.example/\\"quoted\\""
CAA 0 issue "ca.example.net; account=230123"
CAA 0 issuewild ";"
CAA 128 iodef "mailto:security@example.com"
CAA 255 tbs ""
CAA 0 issue ca.example
CAA 0 contactemail "a\\"b\\\\c\\200"
AVC "app-name:WOLFGANG|app-class:OAM"
AVC a b
DOA 0 1 2 "" aHR0cHM6Ly93d3cuaXNjLm9yZy8=
DOA 1234567890 1234567890 1 "image/gif" R0lGODlhKAAZAOMCAGZmZgBmmf///zOZzMz//5nM/zNmmWbM/5nMzMzMzACZ/////////////////////yH5BAEKAA8ALAAAAAAoABkAAATH8IFJK5U2a4337F5ogRkpnoCJrly7PrCKyh8c3HgAhzT35MDbbtO7/IJIHbGiOiaTxVTpSVWWLqNq1UVyapNS1wd3OAxug0LhnCubcVhsxysQnOt4ATpvvzHlFzl1AwODhWeFAgRpen5/UhheAYMFdUB4SFcpGEGGdQeCAqBBLTuSk30EeXd9pEsAbKGxjHqDSE0Sp6ixN4N1BJmbc7lIhmsBich1awPAjkY1SZR8bJWrz382SGqIBQQFQd4IsUTaX+ceuudPEQA7
DOA 0 1 3 "text/plain" -
AMTRELAY 0 0 0 .
AMTRELAY 10 0 1 203.0.113.15
AMTRELAY 10 1 2 2600:9000:5304:ea00::1
AMTRELAY 128 1 3 amtrelays.example.
TA 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118
DLV 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118
RESINFO "qnamemin" "exterr=15-17" "infourl=https://resolver.example/guide"
WALLET "BTC" "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"
TYPE65280 \\# 4 0A000001
TYPE65280 \\# 0
TYPE65280 \\# 40 {H64}0102030405060708
TYPE1 \\# 4 0A000002
A \\# 4 0A000003
MX \\# 8 000A 04 6D61696C 00
TYPE15 10 mail.example.
'''

# In these the reference is an RFC: the BIND of this script does not know the type or the key, or prints two blanks (A6).
STANDARD = [
    ['DSYNC', 'CDS NOTIFY 5359 cds-scanner.example.net.', '003b0114ef0b6364732d7363616e6e6572076578616d706c65036e657400', 'RFC 9859'],
    ['DSYNC', 'CSYNC NOTIFY 5360 csync.example.', '003e0114f0056373796e63076578616d706c6500', 'RFC 9859'],
    ['RESINFO', '"qnamemin" "exterr=15-17"', '08716e616d656d696e0c6578746572723d31352d3137', 'RFC 9606'],
    ['SVCB', '7 dns.example. port=53 dohpath="/q{?dns}"', '000703646e73076578616d706c6500000300020035000700082f717b3f646e737d', 'RFC 9461'],
    ['A6', '128 prefix.example.', '8006707265666978076578616d706c6500', 'RFC 2874'],
    ['SVCB', '1 dns.example. ohttp', '000103646e73076578616d706c650000080000', 'RFC 9540'],
]


def main():
    vectors = []
    for text in RECORDS.strip().split('\n'):
        kind, rest = text.split(' ', 1)
        checked = run(['named-rrchecker', '-u'], f'IN {text}\n')
        if checked.returncode != 0:
            print('left out:', text[:80], '--', checked.stderr.strip().split('\n')[0])
            continue
        number, data = unknown_form(checked.stdout)
        vectors.append({'type': kind, 'text': rest, 'hex': data, 'number': number})
    with FakeServer([(vector['number'], bytes.fromhex(vector['hex'])) for vector in vectors]) as server:
        shown = server.ask()
        for vector, line in zip(vectors, shown):
            vector['shown'] = line
    for vector in vectors:
        if vector['shown'] is None:
            print('dig does not show:', vector['type'], vector['text'][:80])
    vectors = [vector for vector in vectors if vector['shown'] is not None]
    for vector in vectors:
        del vector['number']
    for kind, text, data, source in STANDARD:
        vectors.append({'type': kind, 'text': text, 'hex': data, 'shown': text, 'source': source})
    version = run(['dig', '-v']).stderr.strip()
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'dns-rdata.json'), 'w') as out:
        out.write(json.dumps({'madeWith': version, 'records': vectors}, indent=1) + '\n')
    print(len(vectors), 'records')


def unknown_form(line):
    """`CLASS1 TYPE15 \\# 9 000A...`"""
    words = line.split()
    return int(words[1][4:]), ''.join(words[4:]).lower()


class FakeServer:
    """Answers every question over UDP with one record: the first label says which."""

    def __init__(self, records):
        self.records = records

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(('127.0.0.1', 0))
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.socket.close()

    def serve(self):
        while True:
            try:
                query, peer = self.socket.recvfrom(4096)
            except OSError:
                return
            number, data = self.records[int(query[13:16])]
            question = query[12:query.index(b'\0', 12) + 5]
            head = query[:2] + b'\x84\0\0\1\0\1\0\0\0\0'
            record = b'\xc0\x0c' + struct.pack('>HHIH', number, 1, 300, len(data)) + data
            self.socket.sendto(head + question + record, peer)

    def name(self, index):
        """Like a hash, because dig takes NSEC3 records at nothing else."""
        return f'{index:03}' + '0' * 29

    def ask(self):
        with tempfile.NamedTemporaryFile('w', suffix='.batch') as batch:
            for index, (number, _) in enumerate(self.records):
                batch.write(f'-t TYPE{number} {self.name(index)}.v.test\n')
            batch.flush()
            port = str(self.socket.getsockname()[1])
            options = ['+norecurse', '+noedns', '+ignore', '+time=2', '+tries=1', '+noall', '+answer']
            done = run(['dig', '@127.0.0.1', '-p', port, *options, '-f', batch.name])
        found = dict(line.split(None, 1) for line in done.stdout.split('\n') if '.v.test.' in line)
        # Empty data leaves nothing behind the type; what dig cannot read leaves no line.
        lines = [found.get(f'{self.name(index)}.v.test.') for index in range(len(self.records))]
        return [None if line is None else (line.split(None, 3) + [''])[3] for line in lines]


def run(command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True)


main()
