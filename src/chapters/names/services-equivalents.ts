import {reprStr} from '../../wire/python/repr.ts';
import {quoteC} from '../../wire/text/quote-c.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import {type Key, protocolKey, readKeys, type ServicesAsk} from './services-shape.ts';

/** The same look-ups elsewhere; with nothing asked for, those of the book. */
export function servicesEquivalents({service, proto}: ServicesAsk): readonly Equivalent[] {
  const {keys} = readKeys(service);
  const alone = keys.length === 0 && proto.trim() !== '' ? [protocolKey(proto)] : [];
  const none = keys.length + alone.length === 0;
  const services: readonly Key[] = none ? readKeys('www 80').keys : keys;
  const protocols: readonly Key[] = none ? [protocolKey('UDP')] : alone;
  const all = services.map(key =>
    key.protocol === undefined && proto.trim() !== '' ? {...key, protocol: proto.trim()} : key,
  );
  return [
    {language: 'Python', code: python(all, protocols)},
    {language: 'C', code: c(all, protocols)},
    {language: 'Node', code: node(all, protocols)},
    {language: 'shell', code: shell(all, protocols)},
  ];
}

function python(services: readonly Key[], protocols: readonly Key[]): string {
  const calls = [
    ...services.map(({name, number, protocol}) => {
      const of = protocol === undefined ? '' : `, ${reprStr(protocol)}`;
      return name === undefined
        ? `socket.getservbyport(${number}${of})`
        : `socket.getservbyname(${reprStr(name)}${of})`;
    }),
    ...protocols.map(({name, number}) =>
      name === undefined
        ? `next((name for name in dir(socket) if name.startswith('IPPROTO_') and getattr(socket, name) == ${number}), None)`
        : `socket.getprotobyname(${reprStr(name)})`,
    ),
  ];
  return `import socket

${calls.map(call => `try:\n    print(${call})\nexcept OSError as error:\n    print(error)\n`).join('')}`;
}

const cText = (text: string) => quoteC(new TextEncoder().encode(text));

function c(services: readonly Key[], protocols: readonly Key[]): string {
  const calls = [
    ...services.map(({name, number, protocol}) => {
      const of = protocol === undefined ? 'NULL' : cText(protocol);
      return `service(${name === undefined ? `getservbyport(htons(${number}), ${of})` : `getservbyname(${cText(name)}, ${of})`});`;
    }),
    ...protocols.map(
      ({name, number}) =>
        `protocol(${name === undefined ? `getprotobynumber(${number})` : `getprotobyname(${cText(name)})`});`,
    ),
  ];
  return `#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>

static void aliases(char **list) {
    while (*list != NULL) printf(" %s", *list++);
    printf("\\n");
}

static void service(struct servent *one) {
    if (one == NULL) { puts("no such service"); return; }
    printf("%-21s %d/%s", one->s_name, ntohs(one->s_port), one->s_proto);
    aliases(one->s_aliases);
}

static void protocol(struct protoent *one) {
    if (one == NULL) { puts("no such protocol"); return; }
    printf("%-21s %d", one->p_name, one->p_proto);
    aliases(one->p_aliases);
}

int main(void) {
    ${calls.join('\n    ')}
    (void)service;
    (void)protocol;
    return 0;
}
`;
}

function node(services: readonly Key[], protocols: readonly Key[]): string {
  const tests = [
    ...services.map(({name, number, protocol}) => {
      const of = protocol === undefined ? '' : ` && entry.protocol === ${JSON.stringify(protocol)}`;
      const which = name === undefined ? `entry.number === ${number}` : `entry.names.includes(${JSON.stringify(name)})`;
      return `console.log(services.find(entry => ${which}${of}));`;
    }),
    ...protocols.map(({name, number}) => {
      const which = name === undefined ? `entry.number === ${number}` : `entry.names.includes(${JSON.stringify(name)})`;
      return `console.log(protocols.find(entry => ${which}));`;
    }),
  ];
  return `// Node has none of these calls: the files are read.
import {readFileSync} from 'node:fs';

const read = path =>
  readFileSync(path, 'utf8').split('\\n').flatMap(line => {
    const [name, number, ...aliases] = line.replace(/#.*/, '').trim().split(/\\s+/);
    if (number === undefined) return [];
    const [digits, protocol] = number.split('/');
    return [{names: [name, ...aliases], number: Number(digits), protocol}];
  });
const services = read('/etc/services');
const protocols = read('/etc/protocols');
${tests.join('\n')}
`;
}

function shell(services: readonly Key[], protocols: readonly Key[]): string {
  const key = ({name, number, protocol}: Key) =>
    quoteShell(`${name ?? number}${protocol === undefined ? '' : `/${protocol}`}`);
  const lines = [
    ...services.map(one => `getent services ${key(one)}`),
    ...protocols.map(({name, number}) => `getent protocols ${quoteShell(String(name ?? number))}`),
  ];
  return `${lines.join('\n')}\n`;
}
