import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {good, key} from '../../../src/lab/test-certificates.ts';
import {eventually} from '../../world/support/tools.ts';

/** Exim as a child: what it takes it writes to files, one for each message; `later@` is put off and `nobody@` refused. */
export class Exim {
  readonly port: number;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(port: number, folder: string, child: ChildProcess) {
    this.port = port;
    this.#folder = folder;
    this.#child = child;
  }

  static async start(port: number): Promise<Exim | undefined> {
    const folder = mkdtempSync(join(tmpdir(), 'wirebook-exim-'));
    mkdirSync(join(folder, 'spool'));
    mkdirSync(join(folder, 'box'));
    for (const open of [folder, join(folder, 'box'), join(folder, 'spool')]) chmodSync(open, 0o777);
    writeFileSync(join(folder, 'cert.pem'), good);
    writeFileSync(join(folder, 'key.pem'), key);
    writeFileSync(join(folder, 'conf'), configuration(folder, port));
    const child = spawn('/usr/sbin/exim4', ['-C', join(folder, 'conf'), '-bdf', '-oX', `127.0.0.1:${port}`], {
      stdio: 'ignore',
    });
    const exim = new Exim(port, folder, child);
    if (await eventually(() => accepts(port), Boolean, 8000)) return exim;
    exim.close();
    return undefined;
  }

  /** The messages that were delivered, each as bytes. */
  async box(count: number): Promise<readonly Buffer[]> {
    const box = join(this.#folder, 'box');
    const files = await eventually(
      () => readdirSync(box).filter(name => !name.includes('.lock')),
      names => names.length >= count,
      10_000,
    );
    return files.map(name => readFileSync(join(box, name)));
  }

  close(): void {
    this.#child.kill('SIGTERM');
    rmSync(this.#folder, {recursive: true, force: true, maxRetries: 5});
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise(done => {
    const socket = connect({host: '127.0.0.1', port});
    socket.once('data', () => {
      socket.end('QUIT\r\n');
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

function configuration(folder: string, port: number): string {
  const {username} = userInfo();
  const group = execFileSync('id', ['-gn'], {encoding: 'utf8'}).trim();
  // Exim delivers nothing as root.
  const [user, owner] = username === 'root' ? ['nobody', 'nogroup'] : [username, group];
  return `primary_hostname = exim.example.test
keep_environment =
spool_directory = ${folder}/spool
log_file_path = ${folder}/log-%s
pid_file_path = ${folder}/pid
exim_user = ${username}
exim_group = ${group}
never_users =
daemon_smtp_ports = ${port}
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
smtputf8_advertise_hosts = *
accept_8bitmime = true
host_lookup =
rfc1413_hosts =
acl_smtp_rcpt = check
acl_smtp_data = accept
message_size_limit = 100K
begin acl
check:
  defer local_parts = later
        message = Not now
  deny  local_parts = nobody
        message = No such user
  accept
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  file = ${folder}/box/\${message_exim_id}
  create_file = anywhere
  message_prefix =
  message_suffix =
  return_path_add
  user = ${user}
  group = ${owner}
begin retry
`;
}
