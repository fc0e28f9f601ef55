import {Box} from 'ink';
import SelectInput from 'ink-select-input';
import type {ReactNode} from 'react';
import type {AnyExperiment} from '../../chapters/contract.ts';
import {openExperiment} from '../control.ts';
import {wrapWords} from '../parts/text.ts';
import type {Store} from '../store.ts';
import type {Line} from '../view.ts';
import {Spans} from './spans.tsx';

interface MenuProps {
  readonly store: Store;
  readonly width: number;
  readonly height: number;
}

/** The chapter's experiments. ink-select-input moves and chooses; it only hears keys while the menu has the focus. */
export function Menu({store, width, height}: MenuProps): ReactNode {
  const {theme} = store;
  const experiments = store.menu();
  const index = Math.max(0, store.menuIndex[store.chapter] ?? 0);
  const rows = Math.min(experiments.length, Math.max(1, height));
  const teaches = teachesRows(experiments[index], width, height - rows - 2);
  const items = experiments.map((experiment, at) => ({key: experiment.id, label: experiment.title, value: at}));
  return (
    <Box width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
      <SelectInput
        // Made anew when something else than its own keys moved the choice, and when it gets other room.
        key={menuKey(store, index, rows)}
        items={items}
        initialIndex={index}
        limit={rows}
        isFocused={store.area === 'menu' && store.overlay === undefined}
        onHighlight={({value}) => highlight(store, value, experiments.length, rows)}
        onSelect={({value}) => openExperiment(store, experiments[value]!)}
        indicatorComponent={({isSelected = false}) => (
          <Spans theme={theme} line={[[isSelected ? `${theme.glyphs.selected} ` : '  ', 'accent']]} />
        )}
        itemComponent={({isSelected = false, label}) => (
          <Spans theme={theme} line={itemLine(store, label, isSelected, width - 2)} />
        )}
      />
      {teaches.length > 0 && (
        <Box flexDirection="column" marginTop={1}>
          {teaches.map(row => (
            <Spans key={row} theme={theme} line={[[row, 'dim']]} />
          ))}
        </Box>
      )}
    </Box>
  );
}

/** A new list stands as ink-select-input puts it: the choice as far down as its place, and no further than the last row. */
function menuKey(store: Store, index: number, rows: number): string {
  const key = `${store.chapter} ${store.menuMoves} ${rows}`;
  if (store.menuKey !== key) {
    store.menuKey = key;
    store.menuRow = Math.min(index, rows - 1);
  }
  return key;
}

/** The choice has moved by one, either way round; at an end of what is shown the list turns under it. */
function highlight(store: Store, value: number, count: number, rows: number): void {
  const before = Math.max(0, store.menuIndex[store.chapter] ?? 0);
  if (before === value) return;
  store.menuIndex[store.chapter] = value;
  const down = value === (before + 1) % count;
  store.menuRow = rows === count ? value : Math.min(rows - 1, Math.max(0, store.menuRow + (down ? 1 : -1)));
  store.changed();
}

function itemLine(store: Store, label: string, selected: boolean, cells: number): Line {
  const mark = runningMark(store, label);
  if (selected && store.area === 'menu') return [[`${label}${mark}`.padEnd(cells), 'cursor']];
  return [
    [label, selected ? 'strong' : 'plain'],
    [mark, 'good'],
  ];
}

function runningMark(store: Store, title: string): string {
  const running = store.bench.running.filter(
    run => run.experiment.title === title && run.experiment.opens !== 'at once',
  ).length;
  return running === 0 ? '' : ` ●${running > 1 ? running : ''}`;
}

/** What the choice teaches, whole or cut with a mark at the end. */
function teachesRows(experiment: AnyExperiment | undefined, width: number, room: number): readonly string[] {
  const rows = wrapWords(experiment?.teaches ?? '', Math.max(8, width - 2));
  if (rows.length <= room) return rows;
  return room < 2 ? [] : [...rows.slice(0, room - 1), `${rows[room - 1]} …`];
}
