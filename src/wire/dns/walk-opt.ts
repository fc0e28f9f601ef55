import {toHex} from '../text/hex.ts';
import {optionFault} from './decode-edns.ts';
import {type FieldList, hexOf} from './field-list.ts';
import {optionEntry, optionName} from './tables.ts';
import {cited, type Place} from './walk-meanings.ts';
import {optionPieces} from './walk-option.ts';

/** OPT from its class on, which it uses, like the TTL, for things of its own (RFC 6891 §6.1.2). `false` when it is cut. */
export function walkOpt(list: FieldList, path: string, place: Place): boolean {
  const size = list.word(list.at);
  list.add(
    `${path}.udpSize`,
    2,
    String(size),
    `The sender takes UDP payloads of ${Math.max(size, 512)} bytes at most.`,
    place,
  );
  const extended = list.bytes[list.at]!;
  list.add(`${path}.extendedCode`, 1, String(extended), extendedMeaning(extended), place);
  const version = list.bytes[list.at]!;
  list.add(`${path}.version`, 1, String(version), versionMeaning(version), place);
  const flags = list.word(list.at);
  list.add(`${path}.flags`, 2, `0x${toHex(Uint8Array.of(flags >> 8, flags & 0xff))}`, flagsMeaning(flags), place);
  const length = list.word(list.at);
  const left = list.left - 2;
  const tooLong = length > left ? {fault: `RDLENGTH says ${length}, and ${left} bytes are left.`} : {};
  const meaning = length === 0 ? 'No options follow.' : `The options have ${length} bytes together.`;
  list.add(`${path}.length`, 2, String(length), meaning, place, tooLong);
  const end = list.at + Math.min(length, left);
  for (let index = 0; list.at < end; index++) walkOption(list, `${path}.option[${index}]`, place, end);
  return length <= left;
}

function walkOption(list: FieldList, path: string, place: Place, end: number): void {
  const left = end - list.at;
  const length = left < 4 ? 0 : list.word(list.at + 2);
  if (left < 4 || length > left - 4) {
    const fault = optionFault(left, length);
    const bytes = list.bytes.subarray(list.at, end);
    list.add(`${path}.malformed`, left, hexOf(bytes), 'Bytes that cannot be read as an option.', place, {fault});
    return;
  }
  const code = list.word(list.at);
  const entry = optionEntry(code);
  const meaning = entry === undefined ? `An option that has no name, number ${code}.` : cited(entry);
  list.add(`${path}.code`, 2, optionName(code), meaning, place);
  list.add(`${path}.length`, 2, String(length), `The option has ${length} ${length === 1 ? 'byte' : 'bytes'}.`, place);
  const {pieces, fault} = optionPieces(code, list.bytes.subarray(list.at, list.at + length));
  // An option may be empty and wrong: then only its length can tell.
  if (fault !== undefined && pieces.length === 0) list.blame(fault);
  for (const {name, length: size, value, meaning: says, fault: wrong} of pieces)
    list.add(`${path}.${name}`, size, value, says, place, wrong === undefined ? {} : {fault: wrong});
}

function extendedMeaning(extended: number): string {
  return extended === 0
    ? 'The upper eight bits of the response code: the header has it whole.'
    : `The upper eight bits of the response code: with those of the header it is at least ${extended << 4}.`;
}

function versionMeaning(version: number): string {
  return version === 0
    ? 'Version 0 of EDNS, the only one there is.'
    : `Version ${version} of EDNS, which does not exist: the answer is BADVERS.`;
}

function flagsMeaning(flags: number): string {
  const secure =
    (flags & 0x8000) === 0
      ? 'DO is not set: no DNSSEC records are asked for.'
      : 'DO: the client wants the records of DNSSEC too (RFC 3225 §3).';
  const rest = flags & 0x7fff;
  return rest === 0 ? secure : `${secure} The other bits are reserved and should be 0.`;
}
