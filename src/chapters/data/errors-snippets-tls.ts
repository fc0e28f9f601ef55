import type {Flaw} from '../../lab/failing-handshake.ts';
import {authority, elsewhere, expired, good, key, selfSigned} from '../../lab/test-certificates.ts';
import type {Snippet} from './errors-shape.ts';

const chains: Readonly<Partial<Record<Flaw, string>>> = {'self-signed': selfSigned, expired, 'wrong-host': elsewhere};

const speaksTls = (flaw: Flaw): boolean => flaw !== 'not-tls' && flaw !== 'no-handshake';

/** Client and server in one program: the server has the flaw, the client looks. */
export function tlsPythonSnippet(flaw: Flaw): Snippet {
  const answer =
    flaw === 'not-tls'
      ? ["            plain.sendall(b'HTTP/1.0 400 Bad Request\\r\\n\\r\\n')"]
      : flaw === 'no-handshake'
        ? ['            plain.close()']
        : ['            context.wrap_socket(plain, server_side=True)'];
  const tls = [
    `CHAIN = '''${key}${chains[flaw] ?? good}'''`.split('\n'),
    'with tempfile.NamedTemporaryFile(suffix=".pem") as file:',
    '    file.write(CHAIN.encode())',
    '    file.flush()',
    '    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)',
    '    context.load_cert_chain(file.name)',
    ...(flaw === 'old-version' ? ['context.minimum_version = ssl.TLSVersion.TLSv1_3'] : []),
  ].flat();
  return {
    imports: ['import socket', 'import ssl', ...(speaksTls(flaw) ? ['import tempfile'] : []), 'import threading'],
    setup: [
      ...(speaksTls(flaw) ? tls : []),
      'def serve():',
      '    plain, _ = server.accept()',
      '    with plain:',
      '        try:',
      ...(speaksTls(flaw) ? [] : ['            plain.recv(4096)']),
      ...answer,
      '        except OSError:',
      '            pass  # the client has hung up',
      "server = socket.create_server(('127.0.0.1', 0))",
      'threading.Thread(target=serve, daemon=True).start()',
      'trust = ssl.create_default_context()',
      ...(flaw === 'unknown-authority'
        ? []
        : [`trust.load_verify_locations(cadata='''${authority}''')`.split('\n')].flat()),
      ...(flaw === 'old-version' ? ['trust.maximum_version = ssl.TLSVersion.TLSv1_2'] : []),
      'sock = socket.create_connection(server.getsockname())',
    ],
    body: ["sock = trust.wrap_socket(sock, server_hostname='localhost')"],
    last: ['sock.close()', 'server.close()'],
  };
}

export function tlsNodeSnippet(flaw: Flaw): Snippet {
  const chain = `const chain = \`${key}${chains[flaw] ?? good}\`;`.split('\n');
  const options = `{key: chain, cert: chain${flaw === 'old-version' ? ", minVersion: 'TLSv1.3'" : ''}}`;
  const plain =
    flaw === 'not-tls'
      ? "const server = net.createServer(plain => plain.once('data', () => plain.end('HTTP/1.0 400 Bad Request\\r\\n\\r\\n')));"
      : "const server = net.createServer(plain => plain.once('data', () => plain.end()));";
  const trust = flaw === 'unknown-authority' ? '' : ', ca';
  const most = flaw === 'old-version' ? ", maxVersion: 'TLSv1.2'" : '';
  return {
    imports: [
      "import {once} from 'node:events';",
      `import ${speaksTls(flaw) ? '' : 'net, '}{type AddressInfo} from 'node:net';`,
      "import tls from 'node:tls';",
    ],
    setup: [
      ...(speaksTls(flaw) ? [...chain, `const server = tls.createServer(${options});`] : [plain]),
      "server.listen(0, '127.0.0.1');",
      "await once(server, 'listening');",
      'const {port} = server.address() as AddressInfo;',
      ...(trust === '' ? [] : `const ca = \`${authority}\`;`.split('\n')),
      `const socket = tls.connect({port, host: '127.0.0.1', servername: 'localhost'${trust}${most}});`,
    ],
    body: ["await once(socket, 'secureConnect');"],
    last: ['socket.destroy();', 'server.close();'],
  };
}
