import type {GivenOptions} from './define.ts';
import type {FramingName} from './registry.ts';

/** The framing of a protocol you may meet, as options: nearly all of them are a length prefix with a twist. */
export interface Preset {
  readonly title: string;
  readonly framing: FramingName;
  readonly options: GivenOptions;
  readonly source: string;
}

const length = (title: string, options: GivenOptions, source: string): Preset => ({
  title,
  framing: 'length-prefix',
  options,
  source,
});

export const presets = {
  dns: length('DNS over TCP', {width: 'u16', maximum: 65_535}, 'RFC 1035 §4.2.2'),
  tls: length('TLS record', {width: 'u16', offset: 3, maximum: 16_640}, 'RFC 8446 §5.1'),
  postgres: length(
    'PostgreSQL message',
    {width: 'u32', offset: 1, signed: true, counts: 'itself'},
    'PostgreSQL manual, message formats',
  ),
  mysql: length(
    'MySQL packet',
    {width: 'u24', order: 'little', adjustment: 1, maximum: 2 ** 24},
    'MySQL internals manual',
  ),
  mongodb: length(
    'MongoDB message',
    {width: 'u32', order: 'little', signed: true, counts: 'everything', maximum: 48_000_000},
    'MongoDB wire protocol',
  ),
  kafka: length('Kafka request', {width: 'u32', signed: true, maximum: 104_857_600}, 'Kafka protocol guide'),
  cassandra: length(
    'Cassandra frame',
    {width: 'u32', offset: 5, signed: true, maximum: 268_435_456},
    'CQL binary protocol v4 §2',
  ),
  amqp: length('AMQP 0-9-1 frame', {width: 'u32', offset: 3, adjustment: 1}, 'AMQP 0-9-1 §4.2.3'),
  bgp: length('BGP message', {width: 'u16', offset: 16, counts: 'everything', maximum: 4096}, 'RFC 4271 §4.1'),
  modbus: length('Modbus TCP', {width: 'u16', offset: 4, maximum: 254}, 'Modbus messaging on TCP/IP §3.1.3'),
  tds: length('TDS packet', {width: 'u16', offset: 2, counts: 'everything', maximum: 32_767}, 'MS-TDS §2.2.3.1'),
  x11: length(
    'X11 request',
    {width: 'u16', offset: 2, unit: 4, counts: 'everything', maximum: 262_140},
    'X11 protocol §1, little or big end as the first byte of the connection says',
  ),
  '9p': length('9P message', {width: 'u32', order: 'little', counts: 'itself'}, 'Plan 9 manual, intro(5)'),
  grpc: length('gRPC message', {width: 'u32', offset: 1, maximum: 4_194_304}, 'gRPC over HTTP/2'),
  'protobuf-delimited': length(
    'Delimited protobuf',
    {width: 'leb128', maximum: 67_108_864},
    'protobuf, writeDelimitedTo',
  ),
  minecraft: length('Minecraft packet', {width: 'leb128', maximum: 2_097_151}, 'Minecraft protocol'),
  'python-logging': length('Python SocketHandler', {width: 'u32'}, 'Python logging.handlers'),
  lines: {title: 'Lines', framing: 'delimiter', options: {}, source: 'most text protocols'},
  crlf: {
    title: 'Lines ended by CRLF',
    framing: 'delimiter',
    options: {delimiter: '\\r\\n', maximum: 1000},
    source: 'RFC 5321 §4.5.3.1.6',
  },
  'nul-lines': {
    title: 'Strings ended by NUL',
    framing: 'delimiter',
    options: {delimiter: '\\0'},
    source: 'find -print0',
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof presets;
