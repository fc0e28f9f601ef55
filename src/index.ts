/**
 * What `import … from 'wirebook'` gives: bytes to values and back, with nothing that only Node has. Every function takes
 * and gives `Uint8Array` (a Node `Buffer` is one), and runs in a browser as well.
 *
 * - `pack`, `unpack`, `Struct` and the rest: Python's module `struct`, with its errors word for word
 * - `pickle`: take a pickle apart, and read or write the plain ones; nothing is ever executed
 * - `framing`: where a message ends in a stream, decoded chunk by chunk
 * - `dns`: messages taken apart byte by byte, written, and printed as dig does; zone files; every type of record
 * - `hex`: dumps as `xxd` and `hexdump -C` print them, and back
 * - `python`: Python literals read and written, which is how pickles and tests name values
 * - `journal`: the events of a `.wirebook` file or of `--json`
 */

import {load} from './journal/file.ts';
import {compile} from './journal/filter.ts';
import {decodeMessage} from './wire/dns/decode.ts';
import {recordText} from './wire/dns/dig-record.ts';
import {digText} from './wire/dns/dig-text.ts';
import {encodeMessage} from './wire/dns/encode.ts';
import {rfc8427} from './wire/dns/json.ts';
import {nameBytes, parseName, readName, reverseName} from './wire/dns/name.ts';
import {parseRdata} from './wire/dns/rdata/parse.ts';
import {rdataText} from './wire/dns/rdata/text.ts';
import {typeName, typeNumber} from './wire/dns/tables.ts';
import {walkMessage} from './wire/dns/walk.ts';
import {parseZone, zoneText} from './wire/dns/zone-file.ts';
import {FrameDecoder} from './wire/framing/decoder.ts';
import {presets} from './wire/framing/presets.ts';
import {framings} from './wire/framing/registry.ts';
import {dump, HexDumper} from './wire/hex/dump.ts';
import {undump} from './wire/hex/undump.ts';
import {disassemble} from './wire/pickle/disassemble.ts';
import {dumps} from './wire/pickle/dumps.ts';
import {inspect} from './wire/pickle/inspect.ts';
import {loads} from './wire/pickle/loads.ts';
import {readLiteral} from './wire/python/literal.ts';
import {repr} from './wire/python/repr.ts';

export type {ByteRange, WireEvent} from './journal/event.ts';
export type {Saved, SavedEvent, SavedHead} from './journal/file.ts';
export type {Filter, FilterTest} from './journal/filter.ts';
export type {JsonEvent} from './journal/json.ts';
export type {Problem} from './journal/problem.ts';
export type {DigExtra} from './wire/dns/dig-text.ts';
export type {EncodeOptions} from './wire/dns/encode.ts';
export type {NameRead, ParsedName} from './wire/dns/name.ts';
export type {RdataParsed} from './wire/dns/rdata/parse.ts';
export type {
  DecodedMessage,
  Edns,
  EdnsOption,
  Fault,
  Flags,
  Message,
  Question,
  ResourceRecord,
  Section,
  WireField,
} from './wire/dns/types.ts';
export type {ZoneFault, ZoneOptions, ZoneRead} from './wire/dns/zone-file.ts';
export type {Framing, GivenOptions} from './wire/framing/define.ts';
export type {Preset, PresetName} from './wire/framing/presets.ts';
export type {FramingName} from './wire/framing/registry.ts';
export type {End, EndVerdict, Frame, FrameEvent, Malformed, NeedMore, Skipped, Span} from './wire/framing/types.ts';
export type {DumpOptions as HexDumpOptions} from './wire/hex/options.ts';
export type {Undumped, UndumpOptions} from './wire/hex/undump.ts';
export type {DisassembleOptions, Disassembly, Operation} from './wire/pickle/disassemble.ts';
export type {DumpOptions as PickleDumpOptions} from './wire/pickle/dumps.ts';
export type {PickleFault} from './wire/pickle/fault.ts';
export type {InspectOptions, PickleReport, PickleVerdict} from './wire/pickle/inspect.ts';
export type {LoadedPickle, LoadOptions} from './wire/pickle/loads.ts';
export type {LiteralResult} from './wire/python/literal.ts';
export type {PyEntry, PyValue} from './wire/python/value.ts';
export type {PythonClass} from './wire/struct/error.ts';
export {StructError} from './wire/struct/error.ts';
export {calcsize, iterUnpack, layout, pack, packInto, unpack, unpackFrom} from './wire/struct/functions.ts';
export type {LayoutEntry, LayoutPad, LayoutValue} from './wire/struct/layout.ts';
export type {Profile} from './wire/struct/range.ts';
export type {Size} from './wire/struct/size.ts';
export type {StructOptions} from './wire/struct/struct.ts';
export {Struct} from './wire/struct/struct.ts';
export type {UnpackIterator} from './wire/struct/unpack-iterator.ts';
export type {Packable, Value} from './wire/struct/value.ts';
export {float, PyByteArray, PyFloat} from './wire/struct/value.ts';

/**
 * Pickles, protocols 0 to 5. Nothing is imported, called or executed, whatever the bytes say.
 *
 *     pickle.inspect(bytes).verdict                    // 'runs code when loaded'
 *     pickle.disassemble(bytes).text                   // what pickletools.dis prints
 *     const loaded = pickle.loads(bytes);              // {kind: 'loaded', value, consumed, rest}, or why not
 *     pickle.dumps({t: 'list', v: [{t: 'int', v: 4253n}]})
 */
export const pickle = {disassemble, inspect, loads, dumps} as const;

/**
 * Where a message ends in a stream of bytes. A decoder is given what `recv()` gave and says after each chunk whether it
 * is safe to stop, and why.
 *
 *     const decoder = framing.framings['length-prefix'].open({width: 'u16'});
 *     if (decoder instanceof framing.FrameDecoder) {   // otherwise: which option is wrong, and why
 *       decoder.push(chunk);
 *       decoder.next();                                // {kind: 'frame', payload: [{start, end}], because: 'Safe to …'}
 *     }
 *
 * `presets` are the framings of known protocols, as options.
 */
export const framing = {framings, presets, FrameDecoder} as const;

/**
 * DNS messages (RFC 1035), with EDNS, DNSSEC and every type of record that has a registered format. Nothing throws at bad
 * bytes: what can be read is given, and the rest has its offset and the reason.
 *
 *     const {message, faults} = dns.decodeMessage(bytes);
 *     dns.walkMessage(bytes);                          // every byte in exactly one field: {offset, length, name, value, meaning}
 *     dns.encodeMessage(message);                      // with compression; {limit: 1232} sets TC and leaves out whole sets
 *     dns.digText(message);                            // the lines that dig prints
 *     dns.parseZone(text, {origin: 'example.test.'});  // {records, faults}
 */
export const dns = {
  decodeMessage,
  encodeMessage,
  walkMessage,
  digText,
  rfc8427,
  recordText,
  rdataText,
  parseRdata,
  parseZone,
  zoneText,
  parseName,
  nameBytes,
  readName,
  reverseName,
  typeName,
  typeNumber,
} as const;

/**
 * Hex dumps, byte for byte those of the tools they are named after.
 *
 *     hex.dump(bytes)                                  // hexdump -C
 *     hex.dump(bytes, {style: 'xxd', columns: 8})      // xxd -c 8
 *     hex.undump(text)                                 // back to bytes, or the line that is no dump
 *     new hex.HexDumper({style: 'xxd'})                // for a stream: push() and end()
 */
export const hex = {dump, undump, HexDumper} as const;

/**
 * Python values as plain data: `{t: 'int', v: 4253n}`.
 *
 *     python.readLiteral("{'a': (1, 2.5)}")            // as ast.literal_eval, or where it is wrong and why
 *     python.repr({t: 'bytes', v: bytes})              // "b'\\x00abc'"
 */
export const python = {readLiteral, repr} as const;

/**
 * Events that were saved, and the filter of the explorer.
 *
 *     const saved = journal.load(text);                // a .wirebook file: {experiment, ask, events, …}, or a Problem
 *     journal.compileFilter('kind:frame length>100')   // {ok: true, test(event, text), reading}
 */
export const journal = {load, compileFilter: compile} as const;
