import {optionLevels, type SocketOption} from '../../world/libc/options/option.ts';
import {findOption} from '../../world/libc/options/table.ts';
import type {Equivalent} from '../contract.ts';
import {type OptionsAsk, readSettings, wantedOptions} from './options-fields.ts';
import {socketKinds} from './options-sockets.ts';
import {readOptionValue} from './options-value.ts';

/** Reading, setting and reading again in other languages: the options that are set, or the numbers among those listed. */
export function optionsEquivalents(ask: OptionsAsk): readonly Equivalent[] {
  const shown = wantedOptions(ask).filter(({type}) => type === 'int' || type === 'bool');
  const settings = numbersSet(ask.set);
  return [
    {language: 'Python', code: pythonProgram(ask, shown, settings)},
    {language: 'C', code: cProgram(ask, shown, settings)},
    {language: 'Node', code: nodeProgram(ask)},
    {language: 'shell', code: shellProgram(ask, settings)},
  ];
}

interface NumberSet {
  readonly option: SocketOption;
  readonly value: number;
}

function numbersSet(typed: string): readonly NumberSet[] {
  return readSettings(typed).flatMap(setting => {
    const option = setting.ok ? findOption(setting.value.name) : undefined;
    if (!setting.ok || option === undefined) return [];
    const read = readOptionValue(option, setting.value.value);
    const isNumber =
      read.ok && (typeof read.value === 'number' || typeof read.value === 'boolean') && option.type !== 'timeval';
    return isNumber ? [{option, value: Number(read.value)}] : [];
  });
}

const rows = (shown: readonly SocketOption[], row: (option: SocketOption) => string) => shown.map(row).join('\n');

function pythonProgram({kind}: OptionsAsk, shown: readonly SocketOption[], settings: readonly NumberSet[]): string {
  const {family, type} = socketKinds[kind];
  const set = settings.map(
    ({option: {name, level, number}, value}) =>
      `sock.setsockopt(${optionLevels[level]}, ${number}, ${value})  # ${level}, ${name}`,
  );
  return `import socket

OPTIONS = [  # level, option, name
${rows(shown, ({level, number, name}) => `    (${optionLevels[level]}, ${number}, '${name}'),`)}
]

sock = socket.socket(socket.${family}, socket.${type})
${pythonSetUp[kind]}${set.length === 0 ? '' : `${set.join('\n')}\n`}for level, option, name in OPTIONS:
    try:
        print(name, sock.getsockopt(level, option))
    except OSError as error:
        print(name, error.strerror)
`;
}

const pythonSetUp: Readonly<Record<OptionsAsk['kind'], string>> = {
  tcp4: '',
  tcp6: '',
  udp4: '',
  udp6: '',
  listening: "sock.bind(('127.0.0.1', 0))\nsock.listen(5)\n",
  connected:
    "listener = socket.create_server(('127.0.0.1', 0))\nsock.connect(listener.getsockname())\nother, peer = listener.accept()\nlistener.close()\n",
};

function cProgram({kind}: OptionsAsk, shown: readonly SocketOption[], settings: readonly NumberSet[]): string {
  const {family, type} = socketKinds[kind];
  const set = settings
    .map(
      ({option: {name, level, number}, value}) => `    value = ${value};
    if (setsockopt(fd, ${optionLevels[level]}, ${number}, &value, sizeof value) < 0) perror("${name}"); /* ${level} */\n`,
    )
    .join('');
  const note =
    kind === 'listening' || kind === 'connected'
      ? `    /* bind(), listen() and connect() as for any ${kind} socket */\n`
      : '';
  return `#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static const struct { int level, option; const char *name; } options[] = {
${rows(shown, ({level, number, name}) => `    {${optionLevels[level]}, ${number}, "${name}"},`)}
};

int main(void) {
    int fd = socket(${family}, ${type}, 0), value;
    if (fd < 0) { perror("socket"); return 1; }
${note}${set}    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        socklen_t length = sizeof value;
        value = 0;
        if (getsockopt(fd, options[i].level, options[i].option, &value, &length) == 0)
            printf("%s %d\\n", options[i].name, value);
        else
            printf("%s %s\\n", options[i].name, strerror(errno));
    }
    return 0;
}
`;
}

function nodeProgram({kind}: OptionsAsk): string {
  const {family, type} = socketKinds[kind];
  if (type === 'SOCK_DGRAM')
    return `// Node reads and sets the two buffer sizes of a UDP socket, and no option by its number.
import {createSocket} from 'node:dgram';

const socket = createSocket('udp${family === 'AF_INET6' ? 6 : 4}');
socket.bind(0, () => {
  socket.setRecvBufferSize(65536);
  console.log('SO_RCVBUF', socket.getRecvBufferSize());
  console.log('SO_SNDBUF', socket.getSendBufferSize());
  socket.close();
});
`;
  return `// Node has no getsockopt(). Of a TCP socket it sets three things, and cannot read them back.
import {connect, createServer} from 'node:net';

const server = createServer(other => other.end()).listen(0, '${family === 'AF_INET6' ? '::1' : '127.0.0.1'}', () => {
  const socket = connect(server.address().port, server.address().address, () => {
    socket.setNoDelay(true); // TCP_NODELAY
    socket.setKeepAlive(true, 60_000); // SO_KEEPALIVE, TCP_KEEPIDLE
    socket.resume();
    socket.end(() => console.log('set'));
    server.close();
  });
});
`;
}

function shellProgram({kind}: OptionsAsk, settings: readonly NumberSet[]): string {
  const udp = socketKinds[kind].type === 'SOCK_DGRAM';
  const set = settings.map(
    ({option: {level, number}, value}) => `,setsockopt-int=${optionLevels[level]}:${number}:${value}`,
  );
  return `# A shell has no sockets of its own. ss shows the buffers of all there are (rb is SO_RCVBUF, tb is SO_SNDBUF):
ss -m${udp ? 'u' : 't'}an
# and socat sets options by number before it ${udp ? 'sends' : 'connects'}:
# socat - ${udp ? 'UDP' : 'TCP'}:127.0.0.1:1060${set.join('') || ',setsockopt-int=1:8:65536'}
`;
}
