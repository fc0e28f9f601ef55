import type {SocketOption} from '../../world/libc/options/option.ts';
import {findOption, optionsOf, optionTable} from '../../world/libc/options/table.ts';
import {type AskOf, choiceField, type Read, textField} from '../fields.ts';
import {type SocketKind, socketKindNames, socketKinds} from './options-sockets.ts';
import {readOptionValue} from './options-value.ts';

export const optionsFields = {
  kind: choiceField({
    label: 'Socket',
    options: socketKindNames,
    default: 'tcp4',
    hint: 'tcp4, tcp6, udp4, udp6, listening (TCP on 127.0.0.1), connected (TCP on 127.0.0.1)',
  }),
  name: textField({
    label: 'Options',
    default: '',
    hint: 'names or parts of them, such as RCVBUF or SO_*; empty: all that make sense on this socket',
    check(typed) {
      const {says, next} = unknownOption(typed);
      return named(typed, optionTable).length > 0 ? undefined : `${says}. ${next}`;
    },
  }),
  set: textField({
    label: 'Set first',
    default: '',
    repeated: ', ',
    hint: 'NAME=VALUE, more of them separated by commas: SO_RCVBUF=65536, TCP_NODELAY=yes',
    check(typed) {
      const wrong = readSettings(typed).find(setting => !setting.ok);
      return wrong?.ok === false ? `${wrong.says}${wrong.next === undefined ? '' : `. ${wrong.next}`}` : undefined;
    },
  }),
} as const;

export type OptionsAsk = AskOf<typeof optionsFields>;

/** The options to list: those that make sense on the socket, or those named, which may make none. */
export function wantedOptions({kind, name}: {kind: SocketKind; name: string}): readonly SocketOption[] {
  const {family, type} = socketKinds[kind];
  const sensible = optionsOf(family, type);
  const found = named(name, sensible);
  return found.length > 0 ? found : named(name, optionTable);
}

function named(typed: string, among: readonly SocketOption[]): readonly SocketOption[] {
  const words = typed
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(word => word !== '');
  if (words.length === 0) return among;
  const tests = words.map(word => {
    const exact = among.some(({name}) => name === word);
    const pattern = new RegExp(`^${word.split('*').map(literal).join('.*')}$`);
    return ({name}: SocketOption) =>
      exact ? name === word : word.includes('*') ? pattern.test(name) : name.includes(word);
  });
  return among.filter(option => tests.some(test => test(option)));
}

const literal = (text: string) => text.replace(/[^A-Z0-9_]/g, character => `\\${character}`);

/** One `NAME=VALUE` that was read. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** `SO_RCVBUF=65536, SO_LINGER=on 5`: a comma ends a value, unless no name and no = follow it. */
export function readSettings(typed: string): readonly Read<Setting>[] {
  const parts = typed.split(/,(?=\s*[A-Za-z]\w*\s*=)/).map(part => part.trim());
  return parts.filter(part => part !== '').map(readSetting);
}

function readSetting(part: string): Read<Setting> {
  const at = part.indexOf('=');
  if (at < 0) return {ok: false, says: `“${part}” sets nothing`, next: 'Write NAME=VALUE, such as SO_RCVBUF=65536.'};
  const [name, value] = [part.slice(0, at).trim().toUpperCase(), part.slice(at + 1).trim()];
  const option = findOption(name);
  if (option === undefined) return unknownOption(name);
  const read = readOptionValue(option, value);
  return read.ok ? {ok: true, value: {name, value}} : read;
}

/** Names what may have been meant. */
export function unknownOption(typed: string): {ok: false; says: string; next: string} {
  const letters = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const near = optionTable.filter(({name}) => {
    const plain = name.replaceAll('_', '');
    return (
      letters.length > 2 && (plain.includes(letters) || letters.includes(plain.replace(/^(SO|TCP|IP|IPV6|UDP)/, '')))
    );
  });
  const next =
    near.length === 0
      ? 'See man 7 socket, tcp, ip, ipv6 and udp.'
      : `Did you mean ${near
          .slice(0, 3)
          .map(({name}) => name)
          .join(' or ')}?`;
  return {ok: false, says: `No option is called “${typed}”`, next};
}
