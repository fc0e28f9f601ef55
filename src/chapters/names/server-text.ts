import {isIP} from 'node:net';
import type {TransportName} from '../../world/dns/types.ts';
import {type Read, textField} from '../fields.ts';

/** A name server as it was typed. */
export type ServerText =
  /** The lab's resolver. */
  | {readonly kind: 'lab'}
  /** Those of resolv.conf. */
  | {readonly kind: 'system'}
  | NamedServer;

export interface NamedServer {
  readonly kind: 'named';
  /** An IP literal, perhaps with a scope, or a name that has to be looked up first. */
  readonly host: string;
  readonly isAddress: boolean;
  readonly port?: number;
  readonly transport?: TransportName;
  /** The name its certificate is for: `tls://192.0.2.1#dns.example`. */
  readonly tlsName?: string;
  /** Of the URI, with its query: `/dns-query`. */
  readonly path?: string;
}

export const defaultPorts: Readonly<Record<TransportName, number>> = {udp: 53, tcp: 53, tls: 853, https: 443};

/**
 * Reads `lab`, `system`, `192.0.2.1`, `192.0.2.1:5300`, `::1`, `[::1]:53`, `fe80::1%eth0`, `dns.example`, and each of these
 * behind `udp://`, `tcp://`, `tls://` or `https://`, the last with a path. dig's `@` before and `#port` behind are understood.
 */
export function parseServer(typed: string): Read<ServerText> {
  const text = typed.trim().replace(/^@/, '');
  if (text === 'lab' || text === 'system') return {ok: true, value: {kind: text}};
  const scheme = /^([a-z]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && !isTransport(scheme))
    return {ok: false, says: `There is no DNS over “${scheme}” here`, next: 'Use udp, tcp, tls or https.', at: 0};
  const rest = scheme === undefined ? text : text.slice(scheme.length + 3);
  const slash = rest.indexOf('/');
  const path = slash === -1 ? undefined : rest.slice(slash);
  if (path !== undefined && scheme !== 'https')
    return wrong('Only https:// has a path', 'Leave it out, or write https:// before the host.', text.indexOf(path));
  const host = parseHost(slash === -1 ? rest : rest.slice(0, slash), text);
  if (!host.ok) return host;
  const transport = scheme === undefined ? {} : {transport: scheme};
  return {ok: true, value: {...host.value, ...transport, ...(path !== undefined && {path})}};
}

/** Several, separated by commas or blanks; none when nothing is typed. */
export function parseServers(typed: string): Read<readonly ServerText[]> {
  const servers: ServerText[] = [];
  for (const word of typed.split(/[,\s]+/).filter(Boolean)) {
    const server = parseServer(word);
    if (!server.ok) return {...server, at: typed.indexOf(word) + (server.at ?? 0)};
    servers.push(server.value);
  }
  if (servers.length > 0) return {ok: true, value: servers};
  return {ok: false, says: 'No server is named', next: 'Type lab, system or an address.'};
}

/** The field every experiment that asks a name server has. `several` lets more than one be given. */
export function serverField(words: {readonly label?: string; readonly hint?: string; readonly several?: boolean} = {}) {
  const several = words.several === true;
  const hint = `lab, system (resolv.conf), ADDR[:PORT], tls://ADDR, https://ADDR/path${several ? '; several: compared' : ''}`;
  const field = textField({
    label: words.label ?? 'Server',
    default: 'lab',
    hint: words.hint ?? hint,
    ...(several && {repeated: ', '}),
  });
  return {
    ...field,
    read(typed: string): Read<string> {
      const read = several ? parseServers(typed) : parseServer(typed);
      return read.ok ? {ok: true, value: typed} : read;
    },
  };
}

function isTransport(scheme: string): scheme is TransportName {
  return Object.hasOwn(defaultPorts, scheme);
}

/** `host`, `host:port`, `host#port`, `host#name`, `[v6]`, `[v6]:port`, and a bare address of version 6. */
function parseHost(text: string, whole: string): Read<NamedServer> {
  const at = Math.max(0, whole.indexOf(text));
  const match =
    /^\[(?<bracketed>[^\]]*)\](?<after>.*)$/.exec(text) ?? /^(?<host>[^#]*?)(?<after>(:[^:#]*|#[^#]*)*)$/.exec(text);
  const {bracketed, host: bare = '', after = ''} = match?.groups ?? {};
  // More than one colon without brackets: an address of version 6, which then has no port.
  const isBareV6 = bracketed === undefined && isIP(text.replace(/#.*/, '')) === 6;
  const host = bracketed ?? (isBareV6 ? text.replace(/#.*/, '') : bare);
  const tail = isBareV6 ? (/#.*/.exec(text)?.[0] ?? '') : after;
  if (bracketed !== undefined && isIP(bracketed) !== 6)
    return wrong(`“${bracketed}” is not an IPv6 address`, 'Brackets hold one, as in [::1]:53.', at + 1);
  const isAddress = isIP(host) !== 0;
  if (host === '') return wrong('There is no address here', 'Type one such as 192.0.2.53 or [2001:db8::53].', at);
  if (!isAddress && !/^(?!-)[a-z0-9_.-]*[a-z_][a-z0-9_.-]*$/i.test(host))
    return wrong(
      `“${host}” is neither an address nor a name`,
      'Type one such as 192.0.2.53, [2001:db8::53]:53 or lab.',
      at,
    );
  const behind = parseTail(tail, at + text.length - tail.length);
  return behind.ok ? {ok: true, value: {kind: 'named', host, isAddress, ...behind.value}} : behind;
}

/** `:5300`, `#5300`, `#dns.example`, or a port and a name. */
function parseTail(tail: string, at: number): Read<Pick<NamedServer, 'port' | 'tlsName'>> {
  const found: {port?: number; tlsName?: string} = {};
  for (const [piece] of tail.matchAll(/[:#][^:#]*|^[^:#]+/g)) {
    const word = piece.slice(1);
    const isPort = piece.startsWith(':') || (/^#\d+$/.test(piece) && found.port === undefined);
    if (isPort && !(/^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= 65_535))
      return wrong(`“${word}” is not a port`, 'A port is a number from 1 to 65535.', at);
    if (isPort) found.port = Number(word);
    else if (piece.startsWith('#') && word !== '') found.tlsName = word;
    else return wrong(`“${piece}” has no place behind an address`, 'A port stands there, as in [::1]:53.', at);
  }
  return {ok: true, value: found};
}

function wrong(says: string, next: string, at: number): Read<never> {
  return {ok: false, says, next, at: Math.max(0, at)};
}
