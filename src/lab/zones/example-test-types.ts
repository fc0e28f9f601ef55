/** A name for each record type, so that each can be asked for: `sshfp.types.example.test.` has an SSHFP. */
export const typesZone = `
$ORIGIN types.example.test.
@               IN TXT  "One name for each record type: sshfp.types.example.test. has an SSHFP"
a               IN A    127.4.3.80
ns              IN NS   ns1.example.test.
md              IN MD   mail.example.test.
mf              IN MF   mail.example.test.
cname           IN CNAME a
mb              IN MB   mail.example.test.
mg              IN MG   mb
mr              IN MR   mb
null            IN NULL \\# 4 00010203
wks             IN WKS  127.4.3.25 6 25 80
ptr             IN PTR  a
hinfo           IN HINFO "AMD64" "LINUX"
minfo           IN MINFO hostmaster.example.test. errors.example.test.
mx              IN MX   10 mail.example.test.
txt             IN TXT  "one string" "another, with \\"quotes\\" and a \\\\" "; no comment" ""
rp              IN RP   hostmaster.example.test. txt
afsdb           IN AFSDB 1 a
x25             IN X25  "311061700956"
isdn            IN ISDN "150862028003217" "004"
rt              IN RT   2 a
nsap            IN NSAP 0x47000580005a0000000001e133ffffff00016100
nsap-ptr        IN NSAP-PTR a
key             IN KEY  512 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
px              IN PX   50 a b.c
gpos            IN GPOS "-32.6882" "116.8652" "10.0"
aaaa            IN AAAA 2001:db8:4:3::80
loc             IN LOC  52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m
eid             IN EID  12ab34cd
nimloc          IN NIMLOC 32251a030067
srv             IN SRV  10 5 5060 a
atma            IN ATMA +31208888888
naptr           IN NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.test!" .
kx              IN KX   10 a
cert            IN CERT PKIX 1 RSASHA256 MIIBozCCAUmgAwIBAgIUC8heO8jzZcUEXy1eDmjVO1dZPcE=
a6              IN A6   0 2001:db8:4:3::80
dname           IN DNAME example.
apl             IN APL  1:127.4.0.0/16 !1:127.4.3.0/24 2:2001:db8:4::/48
ds              IN NS   ns1.example.test. ; a zone of its own, signed: DS is of its parent
sshfp           IN SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789
ipseckey        IN IPSECKEY 10 3 2 a AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==
dhcid           IN DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=
tlsa            IN TLSA 3 1 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
smimea          IN SMIMEA 3 1 1 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971
hip             IN HIP  2 200100107b1a74df365639cc39f1d578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D rvs.example.test.
ninfo           IN NINFO "a zone may say something of itself"
rkey            IN RKEY 0 1 8 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cI
talink          IN TALINK . a
openpgpkey      IN OPENPGPKEY mDMEZ0sXyBYJKwYBBAHaRw8BAQdA1qYAYKxCrfVS7TyWQHOg7hcvPapiMlrwIaaPcHURo3w=
svcb            IN SVCB 2 a mandatory=alpn,port alpn=dot,doq port=8853 ipv4hint=127.4.3.80 ipv6hint=2001:db8:4:3::80 key667=hello
svcb            IN SVCB 0 https
https           IN HTTPS 1 . alpn=h2,h3 no-default-alpn port=8443 ech=AEn+DQBFKwAgACABWIHUGj4u+PIggYXcR5JF0gYk3dCRioBW8uJq9H4mKAAIAAEAAQABAANAEnB1YmxpYy50bHMtZWNoLmRldgAA
dsync           IN DSYNC CDS NOTIFY 5300 a
spf             IN SPF  "v=spf1 mx -all"
nid             IN NID  10 0014:4fff:ff20:ee64
l32             IN L32  10 127.4.3.80
l64             IN L64  10 2001:0db8:1140:1000
lp              IN LP   10 l32
eui48           IN EUI48 00-00-5e-00-53-2a
eui64           IN EUI64 00-00-5e-ef-10-00-00-2a
uri             IN URI  10 1 "ftp://ftp.example.test/public"
caa             IN CAA  0 issue "ca.example.test; account=230123"
avc             IN AVC  "app-name:WOLFGANG|app-class:OAM|business=yes"
doa             IN DOA  0 1 2 "" bG9ja2VkCg==
amtrelay        IN AMTRELAY 10 0 1 127.4.3.80
resinfo         IN RESINFO qnamemin exterr=15,16,17 infourl=https://resolver.nic.test/
wallet          IN WALLET "BTC" "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
ta              IN TA   60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a
dlv             IN DLV  60485 13 2 d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a
csync           IN CSYNC 66 3 A NS AAAA
zonemd          IN ZONEMD 2026120112 240 1 ( 0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071
                                 8293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9 ) ; a scheme of one's own
sig             IN SIG  A 13 4 3600 20270101000000 20261201000000 4711 types.example.test. c2lnbmF0dXJlcyBvZiB0aGlzIGtpbmQgYXJlIGdvbmU=
nxt             IN NXT  a A TXT NXT
cds             IN CDS  0 0 0 00
cdnskey         IN CDNSKEY 0 3 0 AA==
unknown         IN TYPE65280 \\# 6 48656c6c6f21
`;
