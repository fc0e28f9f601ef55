"""Makes dnssec.json: zones signed by BIND's dnssec-signzone and ldns-signzone, and what dnspython makes of their keys, names and sets."""

import hashlib
import json
import pathlib
import subprocess
import tempfile

import dns.dnssec
import dns.name
import dns.rdatatype
import dns.version
import dns.zone

ALGORITHMS = ['RSASHA1', 'NSEC3RSASHA1', 'RSASHA256', 'RSASHA512', 'ECDSAP256SHA256', 'ECDSAP384SHA384', 'ED25519', 'ED448']
ANY = dns.dnssec.allow_all_policy
GOOD = ('20260101000000', '20360101000000')

SMALL = """$TTL 3600
@ SOA Ns.Small. Admin.Small. 1 7200 3600 1209600 300
@ NS Ns.Small.
ns A 192.0.2.1
@ MX 10 Mail.Small.
* TXT "a wildcard"
"""

FULL = """$TTL 3600
@ SOA Ns1.@@ Host.Master.@@ 7 7200 3600 1209600 300
@ NS ns1.@@
@ MX 20 Mail.Two.@@
@ MX 10 MAIL.@@
ns1 A 127.0.0.1
WWW A 192.0.2.80
WWW A 192.0.2.9
www AAAA 2001:DB8::80
alias CNAME Www.@@
circle CNAME circle.@@
away CNAME www.unsigned.
*.wild A 192.0.2.99
*.wild TXT "one" "two"
under.wild A 192.0.2.98
old DNAME New.@@
host.new A 192.0.2.77
deep.er.down A 192.0.2.70
_sip._tcp SRV 1 2 5060 Sip.@@
naptr NAPTR 100 10 "U" "E2U+sip" "!^.*$!sip:a@b!" .
naptr NAPTR 90 10 "S" "SIP+D2U" "" _Sip._Udp.@@
x\\.y\\032z TXT "odd name"
kx KX 5 Kx.@@
rp RP Who.@@ Txt.@@
unsigned NS ns1.@@
second NS ns1.@@
a TYPE65280 \\# 4 0A0B0C0D
"""

UNSIGNED = """$TTL 3600
@ SOA ns1.@@ h.@@ 7 7200 3600 1209600 300
@ NS ns1.@@
ns1 A 127.0.0.1
www A 192.0.2.80
"""

# What is signed, how, and what is done to it afterwards.
ZONES = {
    'plain.': {'text': FULL},
    'hashed.': {'text': FULL, 'options': ['-3', 'AABBCCDD', '-H', '5', '-A']},
    'expired.': {'text': UNSIGNED, 'times': ('20250101000000', '20250201000000')},
    'early.': {'text': UNSIGNED, 'times': ('20350101000000', '20360101000000')},
    'changed.': {'text': UNSIGNED, 'change': ('192.0.2.80', '192.0.2.81')},
    'exchanged.': {'text': UNSIGNED, 'wrong_ds': True},
    # BIND does not sign with so many iterations; ldns does.
    'costly.': {'text': UNSIGNED, 'options': ['-n', '-t', '500', '-s', 'AABB'], 'ldns': True},
    'unsigned.': {'text': UNSIGNED, 'unsigned': True},
}


def run(*words, cwd):
    return subprocess.run(words, cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


def sign(name, text, algorithm, options=(), times=GOOD, ldns=False):
    with tempfile.TemporaryDirectory() as place:
        names = [run('dnssec-keygen', '-q', '-a', algorithm, *extra, name, cwd=place) for extra in (['-f', 'KSK'], [])]
        folder = pathlib.Path(place)
        keys = ''.join((folder / f'{key}.key').read_text() for key in names)
        (folder / 'zone').write_text(text + keys)
        if ldns:
            run('ldns-signzone', '-i', times[0], '-e', times[1], '-f', 'signed', '-o', name, *options, 'zone', *names,
                cwd=place)
            (folder / f'dsset-{name}').write_text(run('dnssec-dsfromkey', '-2', names[0], cwd=place) + '\n')
        else:
            run('dnssec-signzone', '-P', '-o', name, '-s', times[0], '-e', times[1], '-O', 'full', '-f', 'signed',
                *options, 'zone', cwd=place)
        lines = [line for line in (folder / 'signed').read_text().splitlines() if not line.startswith(';')]
        delegation = (folder / f'dsset-{name}').read_text()
        return '\n'.join(lines) + '\n', delegation


def sets(name, text):
    """Every signature, and the SHA-256 of what it is over."""
    zone = dns.zone.from_text(text, origin=name, relativize=False)
    for owner, node in sorted(zone.nodes.items()):
        for rdataset in node:
            if rdataset.rdtype != dns.rdatatype.RRSIG:
                continue
            for rrsig in rdataset:
                covered = zone.get_rrset(owner, rrsig.type_covered)
                data = dns.dnssec._make_rrsig_signature_data(covered, rrsig)
                yield [owner.to_text(), dns.rdatatype.to_text(rrsig.type_covered), hashlib.sha256(data).hexdigest()]


def keys(name, text):
    zone = dns.zone.from_text(text, origin=name, relativize=False)
    for key in zone.get_rrset(name, 'DNSKEY'):
        made = [dns.dnssec.make_ds(name, key, kind, policy=ANY).digest.hex() for kind in ('SHA1', 'SHA256', 'SHA384')]
        yield {'data': key.to_wire().hex(), 'tag': dns.dnssec.key_id(key), 'digests': made}


def hashes():
    names = ['example.', 'A.example.', 'ns1.example.', '*.w.example.', 'x\\.y.example.', '.', '2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.']
    for salt, iterations in [('aabbccdd', 12), (None, 0), ('00', 150)]:
        for name in names:
            yield [name, salt or '', iterations, dns.dnssec.nsec3_hash(name, salt, iterations, 1).lower()]


small = [{'algorithm': algorithm, 'text': sign('small.', SMALL, algorithm)[0]} for algorithm in ALGORITHMS]
for zone in small:
    zone['sets'] = list(sets('small.', zone['text']))
    zone['keys'] = list(keys('small.', zone['text']))

tree, delegations = [], []
for name, how in ZONES.items():
    text = how['text'].replace('@@', name)
    signed, delegation = (text, '') if how.get('unsigned') else sign(
        name, text, 'ECDSAP256SHA256', how.get('options', ()), how.get('times', GOOD), how.get('ldns', False))
    if 'change' in how:
        signed = signed.replace(*how['change'])
    if how.get('wrong_ds'):
        delegation = sign(name, text, 'ECDSAP256SHA256')[1]
    delegations.append(f'{name} NS ns1.{name}\nns1.{name} A 127.0.0.1\n{delegation}')
    tree.append({'name': name, 'text': signed, 'sets': [] if how.get('unsigned') else list(sets(name, signed))})
root = '$TTL 3600\n. SOA ns1.plain. h.plain. 1 7200 3600 1209600 300\n. NS ns1.plain.\n' + ''.join(delegations)
signed, anchor = sign('.', root, 'ECDSAP256SHA256')
tree.append({'name': '.', 'text': signed, 'sets': list(sets('.', signed))})

bind = subprocess.run(['dnssec-keygen', '-V'], capture_output=True, text=True).stderr.split()[1]
vectors = {
    'madeWith': f'BIND {bind}, dnspython {dns.version.version}',
    'anchor': anchor,
    'hashes': list(hashes()),
    'small': small,
    'tree': tree,
}
pathlib.Path(__file__).with_name('dnssec.json').write_text(json.dumps(vectors, indent=1) + '\n')
