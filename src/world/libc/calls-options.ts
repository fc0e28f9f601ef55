import type {Core} from './core.ts';
import {decodeOption, encodeOption, type OptionValue, optionRoom} from './options/codec.ts';
import {type OptionLevel, optionLevels, type SocketOption} from './options/option.ts';
import {findOption} from './options/table.ts';
import {bytesText, type CallRecord, type Plain} from './record.ts';

/** An option by the name in the table, or by two numbers for one that the table lacks (its value is then bytes). */
export type OptionKey = string | {level: number; option: number};

export interface OptionCalls {
  /** `value` is what the kernel told, typed as the option table says. */
  getsockopt(fd: number, option: OptionKey): CallRecord;
  setsockopt(fd: number, option: OptionKey, value: OptionValue): CallRecord;
}

export function optionCalls({native, perform}: Core): OptionCalls {
  return {
    getsockopt(fd, key) {
      const option = resolve(key);
      const bytes = new Uint8Array(optionRoom);
      const length = new Uint32Array(1);
      const value = (): OptionValue | undefined => decodeOption(option.type, bytes.subarray(0, length[0]!));
      return perform({
        name: 'getsockopt',
        arguments: [fd, plainKey(key)],
        text: result => {
          const told = result === undefined || result < 0 ? undefined : value();
          const shown = told === undefined ? '..., ...' : `${valueText(told, option)}, {${length[0]}}`;
          return `getsockopt(${fd}, ${option.level}, ${option.name}, ${shown})`;
        },
        invoke: () => {
          length[0] = optionRoom;
          return native.getsockopt(fd, levelOf(option), option.number, bytes, length);
        },
        tell: () => {
          const told = value();
          return told === undefined ? {} : {value: told};
        },
      });
    },
    setsockopt(fd, key, value) {
      const option = resolve(key);
      const bytes = encodeOption(option.type, value);
      return perform({
        name: 'setsockopt',
        arguments: [fd, plainKey(key), plainValue(value)],
        text: () => `setsockopt(${fd}, ${option.level}, ${option.name}, ${valueText(value, option)}, ${bytes.length})`,
        invoke: () => native.setsockopt(fd, levelOf(option), option.number, bytes, bytes.length),
      });
    },
  };
}

type Resolved = Pick<SocketOption, 'name' | 'number' | 'type' | 'names'> & {level: OptionLevel | number};

function resolve(key: OptionKey): Resolved {
  const found = typeof key === 'string' ? findOption(key) : findOption(key.level, key.option);
  if (found !== undefined) return found;
  if (typeof key === 'string') throw new RangeError(`No socket option is called ${key}. See the list of options.`);
  return {level: key.level, name: String(key.option), number: key.option, type: 'bytes'};
}

function levelOf(option: Resolved): number {
  return typeof option.level === 'number' ? option.level : optionLevels[option.level];
}

function plainKey(key: OptionKey): Plain {
  return typeof key === 'string' ? key : {...key};
}

function plainValue(value: OptionValue): Plain {
  if (value instanceof Uint8Array) return {bytes: value.length};
  return typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as Plain) : value;
}

/** `{131072}`, `{AF_INET}`, `{l_onoff=1, l_linger=0}`, `{"cubic"}` */
function valueText(value: OptionValue, option: Pick<SocketOption, 'type' | 'names'>): string {
  if (value instanceof Uint8Array) return `{${bytesText(value)}}`;
  if (typeof value === 'boolean') return `{${Number(value)}}`;
  if (typeof value === 'string') return option.type === 'string' ? `{"${value}"}` : `{${value}}`;
  if (typeof value === 'number') return `{${numberText(value, option)}}`;
  if ('on' in value) return `{l_onoff=${Number(value.on)}, l_linger=${value.seconds}}`;
  if ('state' in value) return `{tcpi_state=${value.state}, ...}`;
  return `{${Object.entries(value)
    .map(([name, number]) => `${name}=${number}`)
    .join(', ')}}`;
}

function numberText(value: number, option: Pick<SocketOption, 'type' | 'names'>): string {
  if (option.type === 'timeval') return `tv_sec=${Math.trunc(value)}, tv_usec=${Math.round((value % 1) * 1e6)}`;
  return Object.entries(option.names ?? {}).find(([, number]) => number === value)?.[0] ?? String(value);
}
