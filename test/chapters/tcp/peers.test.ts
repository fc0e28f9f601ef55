import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually, has, noLibc} from '../../world/support/tools.ts';
import {freePort, inputOf, listens, output, Running, told} from './running.ts';

/** Our client and our server against the tools that people have, in both roles. */

const tools = {
  python3: has('python3'),
  nc: has('nc', '-h'),
  ncat: has('ncat'),
  socat: has('socat', '-V'),
};

let running: Running;

beforeEach(() => {
  running = new Running();
});

afterEach(() => running.close());

/** The exchange of the book's first TCP program, in our words: sixteen bytes each way, then the server closes. */
const sixteenServer = `
import socket, sys
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(('127.0.0.1', int(sys.argv[1])))
listener.listen(1)
conn, peer = listener.accept()
data = b''
while len(data) < 16:
    more = conn.recv(16 - len(data))
    if not more:
        raise EOFError('only %d bytes came' % len(data))
    data += more
print(repr(data))
conn.sendall(b'Farewell, client')
conn.close()
`;

const sixteenClient = `
import socket, sys
sock = socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=5)
sock.sendall(b'Hi there, server')
data = b''
while len(data) < 16:
    more = sock.recv(16 - len(data))
    if not more:
        raise EOFError('only %d bytes came' % len(data))
    data += more
print(len(data), sock.recv(1))
`;

describe.skipIf(noLibc || !tools.python3)('the sixteen-byte exchange', () => {
  test('our client satisfies a server in Python', async () => {
    const port = await freePort();
    const server = running.spawn('python3', ['-c', sixteenServer, String(port)]);
    await listens(running.world, port);
    const client = running.connect(port, {}, {input: inputOf('Hi th', 'ere, server')});
    await client.run.ended;
    expect(output(client)).toBe('Farewell, client');
    expect(await server).toMatchObject({code: 0});
    expect(String((await server).out)).toBe("b'Hi there, server'\n");
  });

  test('our server satisfies a client in Python', async () => {
    const server = await running.listen({behaviour: 'reply', bytes: 16, replyBytes: 16});
    const {code, out} = await running.spawn('python3', ['-c', sixteenClient, String(server.port)]);
    expect({code, out: String(out)}).toEqual({code: 0, out: "16 b''\n"});
  });
});

/** Reads to the end, waits a little, then answers: only a half-close gets the answer. */
const answering = 'cat >/dev/null; sleep 0.2; echo answered';

describe.skipIf(noLibc)('our client and their listeners', () => {
  const socat = (port: number) => ['-t', '5', `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr`, `SYSTEM:${answering}`];

  test.skipIf(!tools.socat)('socat: sees our FIN, and its late answer is not lost', async () => {
    const port = await freePort();
    void running.spawn('socat', socat(port));
    await listens(running.world, port);
    const client = running.connect(port, {}, {input: inputOf('abcde')});
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(output(client)).toBe('answered\n');
  });

  test.skipIf(!tools.socat)('socat: without half-close there is no FIN and no answer', async () => {
    const port = await freePort();
    void running.spawn('socat', socat(port));
    await listens(running.world, port);
    const client = running.connect(port, {halfClose: false, idleTimeout: 0.8}, {input: inputOf('abcde')});
    await client.run.ended;
    expect(client.run.problem?.code).toBe('tcp.idle');
    expect(output(client)).toBe('');
  });

  // What ncat does when the other side ends first differs from version to version: so it is answered first.
  test.skipIf(!tools.ncat)('ncat: gets the bytes and gives its own', async () => {
    const port = await freePort();
    const server = running.spawn('ncat', ['-l', '127.0.0.1', String(port)], 'from ncat\n');
    await listens(running.world, port);
    const answered = Promise.withResolvers<void>();
    async function* input() {
      yield Buffer.from('to ncat\n');
      await answered.promise;
    }
    const client = running.connect(port, {}, {input: input()});
    await eventually(
      () => output(client),
      text => text !== '',
    );
    answered.resolve();
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(output(client)).toBe('from ncat\n');
    expect(String((await server).out)).toBe('to ncat\n');
  });

  test.skipIf(!tools.nc)('nc: gets the bytes and gives its own', async () => {
    const port = await freePort();
    const server = running.spawn('nc', ['-l', '127.0.0.1', String(port)], 'from nc\n');
    await listens(running.world, port);
    const client = running.connect(port, {}, {input: inputOf('to nc\n')});
    await client.run.ended;
    expect(client.run.problem).toBeUndefined();
    expect(output(client)).toBe('from nc\n');
    expect(String((await server).out)).toBe('to nc\n');
  });
});

describe.skipIf(noLibc)('their clients and our server', () => {
  const here = (port: number) => ['127.0.0.1', String(port)];
  const clients: [tool: 'nc' | 'ncat' | 'socat', title: string, fin: boolean, args: (port: number) => string[]][] = [
    ['nc', 'nc -N', true, port => ['-N', ...here(port)]],
    ['nc', 'nc -q 1', true, port => ['-q', '1', ...here(port)]],
    ['nc', 'nc', false, here],
    ['ncat', 'ncat', true, here],
    ['socat', 'socat -t 2', true, port => ['-t', '2', '-', `TCP:127.0.0.1:${port}`]],
    ['socat', 'socat ,shut-none', false, port => ['-t', '0.3', '-', `TCP:127.0.0.1:${port},shut-none`]],
  ];
  for (const [tool, title, fin, args] of clients)
    test.skipIf(!tools[tool])(
      `${title}: ${fin ? 'sends a FIN at the end of its input and is answered' : 'sends none, and is not'}`,
      async () => {
        const server = await running.listen({behaviour: 'sink'});
        const done = running.spawn(tool, args(server.port), 'abcde');
        await eventually(
          () => Buffer.concat(server.bytes.received).length,
          length => length === 5,
        );
        if (fin) {
          expect(String((await done).out)).toBe('5 bytes\n');
          expect(told(server, 'eof').length).toBe(1);
          return;
        }
        await new Promise(later => setTimeout(later, 150));
        expect(told(server, 'eof')).toEqual([]);
        running.children.at(-1)?.kill('SIGKILL');
        expect(String((await done).out)).toBe('');
      },
    );

  test.skipIf(!tools.nc)('hostile bytes come through as they are, and are shown harmless', async () => {
    const server = await running.listen({behaviour: 'echo'});
    const hostile = Buffer.concat([
      Buffer.from('\x1b]0;title\x07\x1b[2J\u202e'),
      Buffer.from(Array.from({length: 256}, (_, byte) => byte)),
    ]);
    const {out} = await running.spawn('nc', ['-N', ...here(server.port)], hostile);
    expect(out.equals(hostile)).toBe(true);
    const texts = told(server, 'call').map(call => String(call['text']));
    for (const text of texts) expect(text).toMatch(/^[\x20-\x7e]*$/);
  });
});
