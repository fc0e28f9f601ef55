/** 127.4.0.0/16 backwards (RFC 1035 §3.5). */
export const reverseZone = `
$TTL 3600
@       IN SOA  a.nic.test. hostmaster.nic.test. 2026120101 7200 900 1209600 3600
@       IN NS   a.nic.test.
@       IN NS   b.nic.test.
1.0     IN PTR  a.root-servers.test.
2.0     IN PTR  b.root-servers.test.
43.0    IN PTR  whois.iana.test.
53.0    IN PTR  resolver.nic.test.
1.1     IN PTR  a.nic.test.
2.1     IN PTR  b.nic.test.
43.1    IN PTR  whois.nic.test.
1.2     IN PTR  a.nic.example.
2.2     IN PTR  b.nic.example.
1.3     IN PTR  ns1.example.test.
2.3     IN PTR  ns2.example.test.
25.3    IN PTR  mail.example.test.
26.3    IN PTR  busy.example.test.
27.3    IN PTR  refusing.example.test.
80.3    IN PTR  www.example.test.
80.3    IN PTR  example.test.
1.4     IN PTR  ns1.hoster.test.
2.4     IN PTR  ns2.hoster.test.
6.4     IN PTR  strict.hoster.test.
7.4     IN PTR  silent.hoster.test.
8.4     IN PTR  lame.hoster.test.
9.4     IN PTR  dead.hoster.test.
1.5     IN PTR  ns.nsec3.example.
`;

/** 2001:db8:4::/48 backwards (RFC 3596 §2.5). */
export const reverse6Zone = `
$TTL 3600
@       IN SOA  a.nic.test. hostmaster.nic.test. 2026120101 7200 900 1209600 3600
@       IN NS   a.nic.test.
@       IN NS   b.nic.test.
0.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.0.0.0 IN PTR dual.example.test.
`;
