import {isIP} from 'node:net';
import {literalAddress, type SocketAddress} from '../../world/libc/address.ts';
import {type AskOf, choiceField, flagField, portField, secondsField, textField} from '../fields.ts';
import {optionsField} from './option-list.ts';

export const connectFields = {
  host: textField({label: 'Host', default: '127.0.0.1', hint: 'a name or an address', check: hostComplaint}),
  port: portField({default: 1060}),
  lab: choiceField({
    label: 'Echo server',
    options: ['auto', 'yes', 'no'],
    default: 'auto',
    hint: 'auto: in the explorer, if nobody listens on loopback; yes: always',
  }),
  local: textField({
    label: 'From',
    default: '',
    hint: 'the address to connect from, with :port if it matters; empty: the kernel chooses',
    check: typed =>
      typed.trim() === '' || readLocal(typed) !== undefined
        ? undefined
        : `“${typed}” is no address to connect from. Type 127.0.0.2, 127.0.0.2:5000 or [::1]:5000`,
  }),
  family: choiceField({
    label: 'Family',
    options: ['auto', '4', '6'],
    default: 'auto',
    hint: 'auto: every address of the name, in order',
  }),
  connectTimeout: secondsField({
    label: 'Connect timeout',
    default: 10,
    from: 0,
    to: 3600,
    hint: 'seconds for each address; 0: as long as the kernel tries',
  }),
  idleTimeout: secondsField({
    label: 'Idle timeout',
    default: 0,
    from: 0,
    to: 86_400,
    hint: 'end after so many seconds in which no byte moved; 0: never',
  }),
  options: optionsField('Options', 'before connecting'),
  halfClose: flagField({
    label: 'Half-close',
    default: true,
    hint: 'at the end of the input: send a FIN and read on. no: only read on',
  }),
  exitWithPeer: flagField({
    label: 'End with the peer',
    default: false,
    hint: 'when the peer’s FIN has come, even if there is more input',
  }),
  hex: flagField({label: 'Hex', default: false, hint: 'text output is a dump of both directions'}),
  info: flagField({label: 'Info', default: false, hint: 'says at the end what TCP_INFO told'}),
};

export type ConnectAsk = AskOf<typeof connectFields>;

function hostComplaint(typed: string): string | undefined {
  const host = typed.trim();
  if (host === '') return 'The host is empty. Type a name such as localhost, or an address';
  if (/^\d+(\.\d+){3}$/.test(host) && isIP(host) === 0)
    return `“${host}” is no IPv4 address: each of its four numbers is 0 to 255, without leading zeros`;
  if (/[\s/\0]/.test(host)) return `“${host}” is no host name: leave out spaces, slashes and what comes before ://`;
  return host.length > 253 ? 'A host name has 253 characters at most' : undefined;
}

/** `127.0.0.2`, `127.0.0.2:5000`, `::1`, `[::1]:5000`. */
export function readLocal(typed: string): SocketAddress | undefined {
  const text = typed.trim();
  const [, bracketed, plain, port = '0'] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? text;
  return Number(port) > 65_535 ? undefined : literalAddress(host, Number(port));
}
