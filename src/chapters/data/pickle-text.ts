import {counted} from '../../wire/text/counted.ts';
import {toHex} from '../../wire/text/hex.ts';
import type {TextLine} from '../contract.ts';
import type {PickleEvent, PickleReportEvent} from './pickle-shape.ts';

/** What a command prints for an event. */
export function pickleLine(event: PickleEvent, bytes: Uint8Array | undefined, op: string): TextLine {
  switch (event.kind) {
    case 'pickle':
      return op === 'dumps' && bytes !== undefined ? {raw: bytes, shown: toHex(bytes)} : undefined;
    case 'opcode':
      return encoder.encode(`${event.line}\n`);
    case 'disassembled':
      return encoder.encode(event.line);
    case 'report':
      return reportText(event);
    case 'value':
      return `${event.repr}\n${countText(event)}`;
    case 'refused':
    case 'unread':
      return undefined;
  }
}

/** `14 bytes consumed, 12 left over`. */
export function countText({consumed, leftOver}: {readonly consumed: number; readonly leftOver: number}): string {
  return `${counted(consumed, 'byte')} consumed, ${leftOver} left over`;
}

// Text of pickletools goes out byte for byte; a person's terminal gets it with everything visible.
const encoder = new TextEncoder();

function reportText(report: PickleReportEvent): string {
  const {imports, calls, remarks, error, pickles, trailing, leftOut} = report;
  const rows = [
    ...imports.map(one => row(one.offset, `${one.opcode} imports ${one.module}.${one.name}`, one.standard)),
    ...calls.map(one => row(one.offset, `${one.opcode} calls ${one.callee}${called(one.parameters)}`, one.standard)),
    ...remarks.map(one => row(one.offset, one.sentence)),
    ...(error === undefined ? [] : [row(error.offset, `stops with ${error.class}: ${error.message}`)]),
  ];
  const more = leftOut === 0 ? [] : [`${leftOut} more are not listed.`];
  const found = `${counted(pickles, 'pickle')} in a row, ${trailing} bytes after the last`;
  return [report.sentence, ...rows, ...more, found].join('\n');
}

/** The parameters of a call as they stand in brackets. */
export function called(parameters: string): string {
  return parameters.startsWith('(') ? parameters : `(${parameters})`;
}

function row(offset: number, says: string, standard = false): string {
  return `${String(offset).padStart(5)}: ${says}${standard ? ' (a standard constructor)' : ''}`;
}
