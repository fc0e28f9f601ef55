/** What the configuration of a name server is made of. */
export interface Place {
  readonly directory: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly httpsPort: number;
  readonly zones: readonly {readonly name: string; readonly file: string}[];
  readonly extra: string;
  readonly tls: {readonly key: string; readonly certificate: string} | undefined;
}

export function nsd({directory, port, tlsPort, zones, extra, tls}: Place): string {
  return `server:
  ip-address: 127.0.0.1@${port}
  ${
    tls === undefined
      ? ''
      : `ip-address: 127.0.0.1@${tlsPort}
  tls-port: ${tlsPort}
  tls-service-key: "${tls.key}"
  tls-service-pem: "${tls.certificate}"`
  }
  do-ip6: no
  username: ""
  chroot: ""
  zonesdir: "${directory}"
  database: ""
  pidfile: ""
  xfrdfile: "${directory}/xfrd.state"
  zonelistfile: "${directory}/zone.list"
  xfrdir: "${directory}"
  server-count: 1
  round-robin: no
  minimal-responses: no
  ${extra}
remote-control:
  control-enable: no
${zones.map(({name, file}) => `zone:\n  name: "${name}"\n  zonefile: "${file}"\n  provide-xfr: 127.0.0.1 NOKEY\n`).join('')}`;
}

export function named({directory, port, tlsPort, httpsPort, zones, extra, tls}: Place): string {
  const overTls = `tls wirebook { key-file "${tls?.key}"; cert-file "${tls?.certificate}"; };\n`;
  const listenTls = `listen-on port ${tlsPort} tls wirebook { 127.0.0.1; };
  listen-on port ${httpsPort} tls wirebook http default { 127.0.0.1; };`;
  return `${tls === undefined ? '' : overTls}options {
  directory "${directory}";
  managed-keys-directory "${directory}";
  pid-file none;
  session-keyfile none;
  listen-on port ${port} { 127.0.0.1; };
  ${tls === undefined ? '' : listenTls}
  listen-on-v6 { none; };
  recursion no;
  dnssec-validation no;
  notify no;
  check-names primary ignore;
  allow-transfer { any; };
  minimal-responses no;
  rrset-order { order fixed; };
};
controls { };
${extra}
${zones.map(({name, file}) => `zone "${name}" { type primary; file "${file}"; check-names ignore; };\n`).join('')}`;
}

export function knot({directory, port, zones, extra}: Place): string {
  return `server:
  rundir: "${directory}"
  listen: 127.0.0.1@${port}
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "${directory}"
control:
  listen: "${directory}/knot.sock"
acl:
  - id: anyone
    action: transfer
template:
  - id: default
    storage: "${directory}"
    semantic-checks: off
    zonefile-sync: -1
    acl: anyone
${extra}
zone:
${zones.map(({name, file}) => `  - domain: "${name}"\n    file: "${file}"\n`).join('')}`;
}

export function unbound(
  {directory, port, tlsPort, zones, extra, tls}: Place,
  forward?: {readonly address: string; readonly port: number},
): string {
  const overTls = `interface: 127.0.0.1@${tlsPort}
  tls-port: ${tlsPort}
  tls-service-key: "${tls?.key}"
  tls-service-pem: "${tls?.certificate}"`;
  const authZones = zones.map(
    ({name, file}) => `auth-zone:
  name: "${name}"
  zonefile: "${file}"
  for-downstream: yes
  for-upstream: yes
  fallback-enabled: no
`,
  );
  return `server:
  directory: "${directory}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  num-threads: 1
  interface: 127.0.0.1@${port}
  ${tls === undefined ? '' : overTls}
  do-ip6: no
  do-not-query-localhost: no
  module-config: "iterator"
  local-zone: "test." nodefault
  local-zone: "127.in-addr.arpa." nodefault
  rrset-roundrobin: no
  minimal-responses: no
  access-control: 127.0.0.0/8 allow
  ${extra}
remote-control:
  control-enable: no
${
  forward === undefined
    ? authZones.join('')
    : `forward-zone:\n  name: "."\n  forward-addr: ${forward.address}@${forward.port}\n`
}`;
}
