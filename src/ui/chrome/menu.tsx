import {Box} from 'ink';
import SelectInput from 'ink-select-input';
import type {ReactNode} from 'react';
import {openExperiment} from '../control.ts';
import {wrapWords} from '../parts/text.ts';
import type {Store} from '../store.ts';
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
  const teaches = wrapWords(experiments[index]?.teaches ?? '', Math.max(8, width - 2)).slice(
    0,
    Math.max(0, height - rows - 2),
  );
  const items = experiments.map((experiment, at) => ({key: experiment.id, label: experiment.title, value: at}));
  return (
    <Box width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
      <SelectInput
        // Made anew when something else than its own keys moved the choice.
        key={`${store.chapter} ${store.menuMoves}`}
        items={items}
        initialIndex={index}
        limit={rows}
        isFocused={store.area === 'menu' && store.overlay === undefined}
        onHighlight={({value}) => {
          if (store.menuIndex[store.chapter] === value) return;
          store.menuIndex[store.chapter] = value;
          store.changed();
        }}
        onSelect={({value}) => openExperiment(store, experiments[value]!)}
        indicatorComponent={({isSelected = false}) => (
          <Spans theme={theme} line={[[isSelected ? `${theme.glyphs.selected} ` : '  ', 'accent']]} />
        )}
        itemComponent={({isSelected = false, label}) => (
          <Spans
            theme={theme}
            line={[
              [label, isSelected ? (store.area === 'menu' ? 'accent' : 'strong') : 'plain'],
              runningMark(store, label),
            ]}
          />
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

function runningMark(store: Store, title: string): readonly [string, 'good'] {
  const running = store.bench.running.filter(
    run => run.experiment.title === title && run.experiment.opens !== 'at once',
  ).length;
  return [running === 0 ? '' : ` ${store.config.ascii ? '*' : '●'}${running > 1 ? running : ''}`, 'good'];
}
