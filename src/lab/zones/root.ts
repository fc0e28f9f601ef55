/** The root. Its servers' names are in test., so their addresses stand here as glue. */
export const rootZone = `
$TTL 86400
.                       IN SOA  a.root-servers.test. hostmaster.nic.test. 2026120101 1800 900 604800 86400
.                       IN NS   a.root-servers.test.
.                       IN NS   b.root-servers.test.
a.root-servers.test.    IN A    127.4.0.1
b.root-servers.test.    IN A    127.4.0.2

test.                   IN NS   a.nic.test.
test.                   IN NS   b.nic.test.
a.nic.test.             IN A    127.4.1.1
b.nic.test.             IN A    127.4.1.2

example.                IN NS   a.nic.example.
example.                IN NS   b.nic.example.
a.nic.example.          IN A    127.4.2.1
b.nic.example.          IN A    127.4.2.2

; Reverse zones (RFC 1035 section 3.5, RFC 3596 section 2.5): of 127.4.0.0/16 and of 2001:db8:4::/48.
4.127.in-addr.arpa.     IN NS   a.nic.test.
4.127.in-addr.arpa.     IN NS   b.nic.test.
4.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. IN NS a.nic.test.
4.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. IN NS b.nic.test.
`;
