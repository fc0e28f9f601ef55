/** The main zone. What is said of a name in it is tried by the experiments: the servers named here are there. */
export const exampleTestZone = `
$TTL 3600
@               IN SOA  ns1 hostmaster 2026120112 7200 900 1209600 600
@               IN NS   ns1
@               IN NS   ns2
@               IN A    127.4.3.80
@               IN MX   10 busy
@               IN MX   20 mail
@               IN TXT  "v=spf1 mx -all"
@               IN TXT  "This is the main zone of the lab."
@               IN CAA  0 issue "ca.example.test"
@               IN CAA  0 issuewild ";"
@               IN CAA  128 iodef "mailto:hostmaster@example.test"
@               IN HTTPS 1 . alpn=h2 ipv4hint=127.4.3.80
@               IN CSYNC 2026120112 3 A NS AAAA
@               IN LOC  51 28 38.000 N 0 0 5.310 W 46m 10m 100m 10m
ns1             IN A    127.4.3.1
ns2             IN A    127.4.3.2
hostmaster      IN MX   10 mail

; Web. The alias has a name of its own in DNS only: the server sees what was typed.
www             IN A    127.4.3.80
www             IN TXT  "A web server listens here"
www             IN HTTPS 1 . alpn=h2,http/1.1 port=443 ipv4hint=127.4.3.80
web             IN CNAME www
shop            IN CNAME web
_443._tcp.www   IN TLSA 3 1 1 ( 8b6f2ad5b29b1f0a1d3a9cbb2b1f8a4c
                                 3f5be7aa1d0c9f6d54e3b2a190877665 )
_http._tcp      IN SRV  10 60 80 www
_http._tcp      IN SRV  10 40 8080 www
_http._tcp      IN SRV  20 0 80 pool
_ftp._tcp       IN SRV  0 0 0 .
_https._tcp     IN URI  10 1 "https://www.example.test/"
dual            IN A    127.4.3.80
dual            IN AAAA 2001:db8:4:3::80
six             IN AAAA 2001:db8:4:3::80
six             IN AAAA ::ffff:127.4.3.80

; Mail: the first exchanger puts everybody off (451), the second takes it.
busy            IN A    127.4.3.26
mail            IN A    127.4.3.25
mail            IN TXT  "v=spf1 a -all"
refusing        IN A    127.4.3.27
refusing        IN MX   10 refusing
nullmx          IN A    127.4.3.80
nullmx          IN MX   0 .
nomx            IN A    127.4.3.25
deadmx          IN MX   10 gone
deadmx          IN MX   20 mail
gone            IN A    127.4.4.9
aliasmx         IN MX   10 post
post            IN CNAME mail
equal           IN MX   10 mail
equal           IN MX   10 busy
lostmx          IN MX   10 nothing
_dmarc          IN TXT  "v=DMARC1; p=reject; rua=mailto:dmarc@example.test"
key1._domainkey IN TXT  "v=DKIM1; k=ed25519; p=" "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
_smtp._tls      IN TXT  "v=TLSRPTv1; rua=mailto:tls@example.test"
alice._smimecert IN SMIMEA 3 0 1 3d4b8d1c7d6f9a0e2c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a3928170615

; Names that lead elsewhere, and some that lead nowhere.
loop            IN CNAME pool
pool            IN CNAME round
round           IN CNAME loop
dangling        IN CNAME nothing
outside         IN CNAME www.example.
away            IN CNAME www.bogus.test.
old             IN DNAME new
host.new        IN A    127.4.3.80
host.new        IN TXT  "reached through a DNAME (RFC 6672)"

; Wildcards (RFC 4592). sub.wild.example.test. exists, so the wildcard does not answer for it or for what is below.
*.wild          IN A    127.4.3.80
*.wild          IN MX   10 mail
sub.wild        IN TXT  "no address here"
*.aliased       IN CNAME www
a.deep.empty    IN TXT  "deep.empty.example.test. and empty.example.test. have no records of their own"

; More than a datagram takes.
many            IN A    127.4.200.1
many            IN A    127.4.200.2
many            IN A    127.4.200.3
many            IN A    127.4.200.4
many            IN A    127.4.200.5
many            IN A    127.4.200.6
many            IN A    127.4.200.7
many            IN A    127.4.200.8

; Bytes that are no letters.
a\\.b            IN TXT  "the first label has a dot in it"
\\001\\255         IN TXT  "two bytes, 1 and 255" "\\000\\127\\200"
xn--mnchen-3ya  IN TXT  "m\\195\\188nchen.example.test. as an A-label (RFC 5890)"
UPPER           IN TXT  "Case is kept and not compared (RFC 4343)"
zero            0 IN TXT "for nobody to keep: the TTL is 0"
week            1w IN TXT "for a week: the TTL is 604800"

; Given on, without a DS.
plain           IN NS   ns1
plain           IN NS   ns2
`;

/** A TXT record of this many strings needs more than any datagram: its answer comes back with TC set. */
export const bigText = (strings: number): string =>
  `big IN TXT ${Array.from({length: strings}, (_, index) => bigString(index + 1, strings)).join(' ')}\n`;

const bigString = (index: number, of: number): string =>
  `"${`string ${index} of ${of}: too much for a datagram, so it is asked for again over TCP. `.repeat(3).slice(0, 240)}"`;

/** What the main zone was before the last change (RFC 1995). */
export const exampleTestBefore = {
  serial: 2026120111,
  removed: `
week 1d IN TXT "for a day: the TTL is 86400"
`,
  added: `
week 1w IN TXT "for a week: the TTL is 604800"
`,
};

/** What example.test. delegates to these servers. */
export const childZone = (servers: readonly string[]): string => `
$TTL 3600
@               IN SOA  ns1.example.test. hostmaster.example.test. 2026120101 7200 900 1209600 600
${servers.map(server => `@               IN NS   ${server}.example.test.`).join('\n')}
@               IN A    127.4.3.80
www             IN A    127.4.3.80
alias           IN CNAME www
`;
