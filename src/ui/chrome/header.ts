import {chapters} from '../../chapters/contract.ts';
import {width} from '../../terminal/width.ts';
import {hintsNow} from '../bindings.ts';
import {keyName} from '../keymap.ts';
import {lineWidth} from '../parts/line.ts';
import {chapterIds, type Store} from '../store.ts';
import type {Line} from '../view.ts';

/** The first row: the chapters on the left, what runs and what is open to the network on the right. */
export function headerLine(store: Store, cells: number): Line {
  const {horizontal} = store.theme.glyphs;
  const corners = store.config.ascii ? ['+', '+'] : ['┌', '┐'];
  const tabs = chapterIds.flatMap((id, index): Line => {
    const here = id === store.chapter;
    const label = `${chapters[id].number} ${chapters[id].title}`;
    return [
      [index === 0 ? '' : ' · ', 'dim'],
      [here ? `[${label}]` : label, here ? 'accent' : 'plain'],
    ];
  });
  const left: Line = [
    [`${corners[0]}${horizontal} `, 'dim'],
    ['wirebook', 'title'],
    [` ${horizontal} `, 'dim'],
    ...tabs,
    ' ',
  ];
  const right: Line = [...statusOf(store), [`${horizontal}${corners[1]}`, 'dim']];
  const gap = cells - lineWidth(left) - lineWidth(right);
  if (gap < 1)
    return [...left, [horizontal.repeat(Math.max(0, cells - lineWidth(left) - 1)), 'dim'], [corners[1]!, 'dim']];
  return [...left, [horizontal.repeat(gap), 'dim'], ...right];
}

function statusOf(store: Store): Line {
  // What answers while one types holds nothing open and needs no ending.
  const running = store.bench.running.filter(run => run.experiment.opens !== 'at once').length;
  const open = store.bench.running.flatMap(run => openAddress(run.ask));
  const page = store.page;
  const frozen = page?.frozen === undefined || page.run === undefined ? 0 : page.run.journal.next - page.frozen.end;
  return [
    ...(page?.frozen === undefined ? [] : ([[` ${store.theme.glyphs.frozen} +${frozen} new`, 'warn']] as Line)),
    ...open.map((address): Line[number] => [` open on ${address}!`, 'warn']),
    ...(running === 0 ? [] : ([[` ${running} running `, 'good']] as Line)),
  ];
}

/** Listening on anything but loopback is said for as long as it lasts. */
function openAddress(ask: Readonly<Record<string, unknown>>): readonly string[] {
  const {address} = ask;
  if (typeof address !== 'string' || address === '') return [];
  return /^(127\.|::1$|localhost$|\[::1\]$)/i.test(address) ? [] : [address];
}

/** The last row: the keys that matter here, most important first, cut at a whole hint. */
export function hintsLine(store: Store, cells: number): {readonly line: Line; readonly hits: readonly Hit[]} {
  const {horizontal} = store.theme.glyphs;
  const corners = store.config.ascii ? ['+', '+'] : ['└', '┘'];
  const line: (readonly [string, 'dim' | 'key' | 'plain'])[] = [[`${corners[0]}${horizontal} `, 'dim']];
  const hits: Hit[] = [];
  let x = 3;
  for (const hint of hintsNow(store)) {
    const key = keyName(hint.keys[0]!);
    const words = shorten(hint.title);
    const size = width(key) + 1 + width(words);
    if (x + size + 3 > cells) continue;
    line.push([key, 'key'], [` ${words}  `, 'plain']);
    hits.push({from: x, to: x + size, key: hint.keys[0]!});
    x += size + 2;
  }
  line.push([horizontal.repeat(Math.max(0, cells - x - 1)), 'dim'], [corners[1]!, 'dim']);
  return {line, hits};
}

/** A stretch of the last row that does what its key does when it is clicked. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  readonly key: string;
}

/** `Palette: find and do anything` is `palette` among the hints. */
function shorten(title: string): string {
  const short = title.split(/[:,]/)[0]!;
  return short.length > 22 ? short.split(' ').slice(0, 3).join(' ').toLowerCase() : short.toLowerCase();
}
