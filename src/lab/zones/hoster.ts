/** One that keeps zones for others. */
export const hosterZone = `
$TTL 3600
@               IN SOA  ns1 hostmaster 2026120104 7200 900 1209600 3600
@               IN NS   ns1
@               IN NS   ns2
@               IN TXT  "We keep your zone, whatever is in it"
ns1             IN A    127.4.4.1
ns2             IN A    127.4.4.2
strict          IN A    127.4.4.6
silent          IN A    127.4.4.7
lame            IN A    127.4.4.8
dead            IN A    127.4.4.9
`;

/** What the customers have in common. */
export const customerZone = (says: string): string => `
$TTL 1800
@               IN SOA  ns1.hoster.test. hostmaster.hoster.test. 2026120101 7200 900 1209600 900
@               IN NS   ns1.hoster.test.
@               IN NS   ns2.hoster.test.
@               IN A    127.4.3.80
@               IN MX   10 mail.example.test.
@               IN TXT  "${says}"
www             IN A    127.4.3.80
alias           IN CNAME www
`;

/** Of a server that wants cookies. */
export const strictZone = `
$TTL 600
@               IN SOA  strict.hoster.test. hostmaster.hoster.test. 2026120101 7200 900 1209600 900
@               IN NS   strict.hoster.test.
@               IN A    127.4.3.80
@               IN TXT  "You have a cookie, or you came over TCP"
www             IN A    127.4.3.80
`;

/** The one server that knows it is the last that was named. */
export const lameZone = `
$TTL 600
@               IN SOA  ns1.hoster.test. hostmaster.hoster.test. 2026120101 7200 900 1209600 900
@               IN NS   lame.hoster.test.
@               IN NS   dead.hoster.test.
@               IN NS   ns1.hoster.test.
@               IN A    127.4.3.80
@               IN TXT  "Two of the three servers are no use"
www             IN A    127.4.3.80
`;
