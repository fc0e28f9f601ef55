import {problemOf} from '../../journal/problem.ts';
import {dump} from '../../wire/hex/dump.ts';
import {type ActionReply, define} from '../contract.ts';
import {choiceField, integerField, textField} from '../fields.ts';
import {HexBench, type HexKit} from './hex-bench.ts';
import {printHex} from './hex-command.ts';
import {hexEquivalents} from './hex-equivalents.ts';
import {openHex} from './hex-file.ts';
import {type HexAsk, type HexEvent, hexEvents, hexFields} from './hex-shape.ts';
import {type HexState, reduceHex, startHex} from './hex-state.ts';

const hasBytes = ({size}: HexState) => (size > 0 ? true : 'There are no bytes here');

export const hexExperiment = define({
  id: 'data.hex',
  title: 'Hex',
  teaches: 'Any file, byte by byte: go to an offset, search, read numbers where you stand, and change bytes on a copy.',
  opens: 'at once',
  positionals: ['file'],
  fields: hexFields,
  events: hexEvents,
  actions: {
    goto: {
      key: 'o',
      title: 'Go to an offset',
      hint: 9,
      fields: {to: textField({label: 'To', default: '0', hint: '4096, 0x1000, +16 or -16 from here, 50%'})},
      possible: hasBytes,
    },
    find: {
      key: 's',
      title: 'Search text or hex',
      hint: 8,
      fields: {
        pattern: textField({label: 'For', default: '', hint: 'text with escapes, or hex such as 0d 0a'}),
        as: choiceField({label: 'As', options: ['text', 'hex'], default: 'text'}),
      },
      possible: hasBytes,
    },
    next: {key: 'n', title: 'Next match', hint: 7, possible: hasPattern},
    previous: {key: 'N', title: 'Previous match', hint: 6, possible: hasPattern},
    set: {
      key: 'X',
      title: 'Change a byte of the copy',
      hint: 0,
      fields: {
        offset: integerField({label: 'Offset', default: 0, from: 0, to: 2 ** 53 - 1}),
        value: integerField({label: 'Value', default: 0, from: 0, to: 255}),
      },
      possible: hasBytes,
    },
    undo: {
      key: 'u',
      title: 'Undo the last change',
      hint: 4,
      possible: ({edits}: HexState) => edits.length > 0 || 'Nothing has been changed',
    },
    save: {
      key: 'w',
      title: 'Write the copy to a new file',
      hint: 5,
      fields: {
        path: textField({label: 'File', default: '', hint: 'a new file: one that exists is never written over'}),
      },
      possible: hasBytes,
    },
    look: {
      key: 'P',
      title: 'Look at an offset',
      hint: 0,
      fields: {offset: integerField({label: 'Offset', default: 0, from: 0, to: 2 ** 53 - 1})},
      possible: hasBytes,
    },
  },
  async run(ask, kit) {
    if (!kit.headless) return look(ask, kit);
    const opened = await openHex(ask, kit);
    try {
      await printHex(ask, kit, opened);
    } finally {
      await opened.file.close();
    }
  },
  start: (): HexState => startHex,
  reduce: reduceHex,
  line: hexLine,
  equivalents: hexEquivalents,
});

function hasPattern({hasPattern: has}: HexState): true | string {
  return has ? true : 'Nothing has been searched for yet: s searches';
}

async function look(first: HexAsk, kit: HexKit): Promise<void> {
  let bench: HexBench | undefined;
  let wanted = first;
  const open = async (ask: HexAsk) => {
    wanted = ask;
    try {
      const opened = await openHex(ask, kit);
      // While it was opened, another name may have been typed.
      if (wanted !== ask || kit.signal.aborted) {
        await opened.file.close();
        return;
      }
      await bench?.close();
      bench = new HexBench(kit, opened, ask.offset);
      await bench.begin();
    } catch (error) {
      const {says, next} = problemOf(error);
      kit.emit('refused', {says, ...(next !== undefined && {next})});
    }
  };
  const on = async (work: (bench: HexBench) => ActionReply | Promise<ActionReply>) =>
    bench === undefined ? {code: 'hex.none', says: 'There is no file yet', next: 'Name one in the form.'} : work(bench);
  await open(first);
  kit.whenAsked(ask => void open(ask));
  kit.handle({
    goto: ({to}: {to: string}) => on(one => one.go(to)),
    find: ({pattern, as}: {pattern: string; as: 'text' | 'hex'}) => on(one => one.find(pattern, as)),
    next: () => on(one => one.again(false)),
    previous: () => on(one => one.again(true)),
    set: ({offset, value}: {offset: number; value: number}) => on(one => one.set(offset, value)),
    undo: () => on(one => one.undo()),
    save: ({path}: {path: string}) => on(one => one.save(path)),
    look: ({offset, page}: {offset: number; page?: number}) => on(one => one.look(offset, page ?? offset)),
  });
  await kit.stopped();
  await bench?.close();
}

function hexLine(event: HexEvent, bytes: Uint8Array | undefined): string | undefined {
  if (event.kind === 'match') return String(event.offset);
  if (event.kind !== 'page' || bytes === undefined) return undefined;
  return dump(bytes, {style: 'xxd', offset: event.offset}).replace(/\n$/, '');
}
