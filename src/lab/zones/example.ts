/** The top-level domain example. (RFC 2606 §2): signed, with NSEC3. */
export const exampleZone = `
$TTL 3600
@               IN SOA  a.nic hostmaster.nic 2026120103 7200 900 1209600 1800
@               IN NS   a.nic
@               IN NS   b.nic
@               IN TXT  "Names in here cannot be listed by asking for the next one"
a.nic           IN A    127.4.2.1
b.nic           IN A    127.4.2.2
www             IN A    127.4.3.80
alias           IN CNAME www.example.test.
*.wild          IN TXT  "made from the wildcard"
*.wild          IN A    127.4.3.80
deep.down.below IN TXT  "down.below.example. and below.example. are empty non-terminals"

nsec3           IN NS   ns.nsec3
ns.nsec3        IN A    127.4.5.1
`;

/** A zone signed with NSEC3 and opt-out, as large registries are: what it delegates unsigned is not in the chain. */
export const nsec3Zone = `
$TTL 3600
@               IN SOA  ns hostmaster 2026120102 7200 900 1209600 900
@               IN NS   ns
@               IN A    127.4.3.80
@               IN TXT  "NSEC3 with opt-out (RFC 5155 section 6)"
ns              IN A    127.4.5.1
www             IN A    127.4.3.80
mail            IN MX   10 mail.example.test.
*.wild          IN A    127.4.3.80
a.b.c           IN TXT  "below two empty non-terminals"
first           IN NS   ns.first
ns.first        IN A    127.4.5.1
second          IN NS   ns
`;

/** What nsec3.example. delegates without a DS. */
export const firstZone = `
$TTL 3600
@               IN SOA  ns hostmaster 2026120101 7200 900 1209600 900
@               IN NS   ns
@               IN A    127.4.3.80
ns              IN A    127.4.5.1
www             IN A    127.4.3.80
`;

export const secondZone = `
$TTL 3600
@               IN SOA  ns.nsec3.example. hostmaster 2026120101 7200 900 1209600 900
@               IN NS   ns.nsec3.example.
@               IN A    127.4.3.80
www             IN A    127.4.3.80
`;
