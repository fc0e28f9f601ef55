import {type ChapterId, chapters} from '../../chapters/contract.ts';
import type {Run} from '../../chapters/run.ts';
import {width} from '../../terminal/width.ts';
import {grouped} from '../../wire/text/counted.ts';
import {type Hint, hintsNow, isHelp} from '../hints.ts';
import {lineWidth} from '../parts/line.ts';
import {chapterIds, type Store} from '../store.ts';
import type {Line} from '../view.ts';

/** A stretch of a row that does something when it is clicked. */
export interface Hit<What> {
  readonly from: number;
  readonly to: number;
  readonly what: What;
}

export interface HitLine<What> {
  readonly line: Line;
  readonly hits: readonly Hit<What>[];
}

/** The first row: the chapters on the left, what runs and what is open to the network on the right. */
export function headerLine(store: Store, cells: number): HitLine<ChapterId> {
  // What is running and open matters more than the chapters' names, and those more than our own; that the lab is on, least.
  const lefts = [tabs(store, 'wirebook', true), tabs(store, '', true), tabs(store, '', false)];
  const least = lineWidth(lefts.at(-1)!.line);
  const whole = statusOf(store, true);
  const right = least + lineWidth(whole) < cells ? whole : statusOf(store, false);
  const left = lefts.find(one => lineWidth(one.line) + lineWidth(right) < cells) ?? lefts.at(-1)!;
  const {horizontal} = store.theme.glyphs;
  const gap = Math.max(0, cells - lineWidth(left.line) - lineWidth(right));
  return {line: [...left.line, [horizontal.repeat(gap), 'dim'], ...right], hits: left.hits};
}

function tabs(store: Store, name: string, titled: boolean): HitLine<ChapterId> {
  const {horizontal, dot} = store.theme.glyphs;
  const corner = store.config.ascii ? '+' : '┌';
  const line: Line[number][] = [[`${corner}${horizontal} `, 'dim']];
  if (name !== '') line.push([name, 'title'], [` ${horizontal} `, 'dim']);
  const hits: Hit<ChapterId>[] = [];
  let x = lineWidth(line);
  for (const [index, id] of chapterIds.entries()) {
    if (index > 0) {
      line.push([` ${dot} `, 'dim']);
      x += 3;
    }
    const here = id === store.chapter;
    const label = titled || here ? `${chapters[id].number} ${chapters[id].title}` : `${chapters[id].number}`;
    const shown = here ? `[${label}]` : label;
    line.push([shown, here ? 'accent' : 'plain']);
    hits.push({from: x, to: x + width(shown), what: id});
    x += width(shown);
  }
  return {line: [...line, ' '], hits};
}

function statusOf(store: Store, withLab: boolean): Line {
  const {horizontal, frozen: mark} = store.theme.glyphs;
  // What answers while one types holds nothing open and needs no ending.
  const running = store.bench.running.filter(run => run.experiment.opens !== 'at once').length;
  const open = store.bench.running.flatMap(openAddress);
  const {page} = store;
  const news = page?.frozen === undefined || page.run === undefined ? 0 : page.run.journal.next - page.frozen.end;
  const said: Line = [
    ...(page?.frozen === undefined ? [] : ([[` ${mark} +${grouped(news)} new `, 'warn']] as Line)),
    ...open.map((address): Line[number] => [` open on ${address}! `, 'warn']),
    ...(page?.readOnly === true ? ([[' saved journal ', 'warn']] as Line) : []),
    ...(store.bench.lab === undefined || !withLab ? [] : ([' lab on '] as Line)),
    ...(running === 0 ? [] : ([[` ${running} running `, 'good']] as Line)),
  ];
  return [...said, [`${horizontal}${store.config.ascii ? '+' : '┐'}`, 'dim']];
}

/** Listening on anything but loopback is said for as long as it lasts. */
function openAddress({experiment, ask}: Run): readonly string[] {
  const address = experiment.listensOn?.(ask as never)?.trim() ?? '';
  return address === '' || /^(127(\.\d+){3}|::1|localhost|\[::1\])$/i.test(address) ? [] : [address];
}

function hintWidth({shown, words}: Hint): number {
  return width(shown) + 1 + width(words);
}

/** The last row: the keys that matter here, most important first. A hint that does not fit whole is left out. */
export function hintsLine(store: Store, cells: number): HitLine<Hint> {
  const {horizontal} = store.theme.glyphs;
  const corners = store.config.ascii ? ['+', '+'] : ['└', '┘'];
  const line: Line[number][] = [[`${corners[0]}${horizontal} `, 'dim']];
  const hits: Hit<Hint>[] = [];
  const hints = hintsNow(store);
  // The way to all other keys is never pushed out by longer hints.
  const helpful = hints.find(isHelp);
  let reserved = helpful === undefined ? 0 : hintWidth(helpful) + 2;
  let x = 3;
  for (const hint of hints) {
    const size = hintWidth(hint);
    if (hint === helpful) reserved = 0;
    // Two cells behind it, and the corner.
    if (x + size + 3 + reserved > cells) continue;
    line.push([hint.shown, 'key'], [` ${hint.words}  `, 'plain']);
    hits.push({from: x, to: x + size, what: hint});
    x += size + 2;
  }
  line.push([horizontal.repeat(Math.max(0, cells - x - 1)), 'dim'], [corners[1]!, 'dim']);
  return {line, hits};
}
