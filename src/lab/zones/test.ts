/** The top-level domain test. (RFC 6761 §6.2): signed, with NSEC. */
export const testZone = `
$TTL 3600
@               IN SOA  a.nic hostmaster.nic 2026120107 7200 900 1209600 3600
@               IN NS   a.nic
@               IN NS   b.nic
@               IN TXT  "The top-level domain of the lab's people"
a.nic           IN A    127.4.1.1
b.nic           IN A    127.4.1.2
a.root-servers  IN A    127.4.0.1
b.root-servers  IN A    127.4.0.2
resolver.nic    IN A    127.4.0.53
whois.nic       IN A    127.4.1.43
whois.iana      IN A    127.4.0.43
nic             IN TXT  "The registry of test."
nic             IN RP   hostmaster.nic nic

; Every server that resolvers use says here how else it can be reached (RFC 9461).
_dns.resolver.nic IN SVCB 1 resolver.nic alpn=dot
_dns.resolver.nic IN SVCB 2 resolver.nic alpn=h2 dohpath=/dns-query{?dns}

; Somebody's own zone, signed.
example         IN NS   ns1.example
example         IN NS   ns2.example
ns1.example     IN A    127.4.3.1
ns2.example     IN A    127.4.3.2

; One that keeps zones for others, and what it keeps.
hoster          IN NS   ns1.hoster
hoster          IN NS   ns2.hoster
ns1.hoster      IN A    127.4.4.1
ns2.hoster      IN A    127.4.4.2
unsigned        IN NS   ns1.hoster
unsigned        IN NS   ns2.hoster
bogus           IN NS   ns1.hoster
bogus           IN NS   ns2.hoster
expired         IN NS   ns1.hoster
expired         IN NS   ns2.hoster
early           IN NS   ns1.hoster
early           IN NS   ns2.hoster
wrong-ds        IN NS   ns1.hoster
wrong-ds        IN NS   ns2.hoster
stripped        IN NS   ns1.hoster
stripped        IN NS   ns2.hoster
island          IN NS   ns1.hoster
island          IN NS   ns2.hoster

; Three servers were named: one knows nothing of the zone, one is gone, one is right.
lame            IN NS   lame.hoster
lame            IN NS   dead.hoster
lame            IN NS   ns1.hoster
lame.hoster     IN A    127.4.4.8
dead.hoster     IN A    127.4.4.9

; One server, which answers over UDP only who shows a cookie of its own making.
strict          IN NS   strict.hoster
strict.hoster   IN A    127.4.4.6

; One server, which takes every question and never answers.
silent          IN NS   silent.hoster
silent.hoster   IN A    127.4.4.7

; Answers for the zones of a workspace, and for none while there is no workspace.
ns.workspace    IN A    127.4.6.1
`;
