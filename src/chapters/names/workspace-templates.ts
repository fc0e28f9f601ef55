/** What a new workspace begins with: small, true, and meant to be changed. */

export const exampleHosts = `# Names for the lab besides its own: an address, then names. See hosts(5).
# The lab's name servers answer for them, forwards and backwards.
127.4.80.1   printer.home.test
127.4.80.2   nas.home.test files.home.test
`;

export const exampleZoneName = 'workshop.test.zone';

export const exampleZone = `; The zone workshop.test, which the lab serves and signs while this workspace is active.
; Change it: the lab reads it again. Ask: wirebook names query www.workshop.test
; The format is that of RFC 1035 §5: a name that does not end with a dot has the origin behind it.
$TTL 300
@       IN SOA  ns.workspace.test. you.workshop.test. (
                1          ; serial: count it up when something changes
                3600       ; refresh
                600        ; retry
                86400      ; expire
                300 )      ; how long "there is no such name" may be kept
        IN NS   ns.workspace.test.
www     IN A    127.4.81.1
        IN AAAA ::1
@       IN MX   10 mail
mail    IN A    127.4.81.2
@       IN TXT  "made by you"
blog    IN CNAME www
`;

export const exampleServices = `# Services besides those of /etc/services: a name, PORT/tcp or PORT/udp, other names. See services(5).
wirebook-echo    1060/tcp    morphisto
`;
