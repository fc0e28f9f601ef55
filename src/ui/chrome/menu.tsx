import {Box} from 'ink';
import SelectInput from 'ink-select-input';
import type {ReactNode} from 'react';
import type {AnyExperiment} from '../../chapters/contract.ts';
import {menuTop} from '../layout.ts';
import {wrapWords} from '../parts/text.ts';
import type {Store} from '../store.ts';
import type {Line} from '../view.ts';
import {Spans} from './spans.tsx';

interface MenuProps {
  readonly store: Store;
  readonly width: number;
  readonly height: number;
}

/** The chapter's experiments, drawn by ink-select-input: as many as there is room for, around the choice. */
export function Menu({store, width, height}: MenuProps): ReactNode {
  const {theme} = store;
  const experiments = store.menu();
  const index = Math.max(0, store.menuIndex[store.chapter] ?? 0);
  const rows = Math.min(experiments.length, Math.max(1, height));
  const top = menuTop(store, rows);
  const teaches = teachesRows(experiments[index], width, height - rows - 2);
  const items = experiments.slice(top, top + rows).map(({id, title}) => ({key: id, label: title, value: id}));
  return (
    <Box width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
      <SelectInput
        // Its choice is set when it is made, so a new choice makes a new one.
        key={`${store.chapter} ${top} ${index}`}
        items={items}
        initialIndex={index - top}
        isFocused={false}
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
