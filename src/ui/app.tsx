import {Box, useWindowSize} from 'ink';
import {type ReactNode, useSyncExternalStore} from 'react';
import {Menu} from './chrome/menu.tsx';
import {overlayTitle} from './chrome/overlay.ts';
import {overlayBox} from './chrome/overlay-size.ts';
import {Spans} from './chrome/spans.tsx';
import {keyName, type ShellAction} from './keymap.ts';
import {shellBindings} from './keys.ts';
import {screenLayout} from './layout.ts';
import {wrapWords} from './parts/text.ts';
import type {Store} from './store.ts';

/**
 * The chrome: borders, menu, and the frame of whatever lies on top. The header, the hints, panes, forms and lists are
 * painted into the room it leaves (painting.ts): they change with every key, and text fields need the real cursor.
 */
export function App({store}: {readonly store: Store}): ReactNode {
  useSyncExternalStore(store.subscribe, () => chromeOf(store));
  const {columns, rows} = useWindowSize();
  const {menu, pane, form} = screenLayout(store, {width: columns, height: rows});
  const side = {
    ...(store.config.ascii ? {borderStyle: 'classic' as const} : {borderStyle: 'single' as const}),
    borderDimColor: true,
  };
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Box
        {...side}
        borderTop={false}
        borderBottom={false}
        marginTop={1}
        width={columns}
        height={Math.max(0, rows - 2)}
      >
        {menu !== undefined && <Menu store={store} width={menu.width} height={menu.height} />}
        {menu !== undefined && (pane !== undefined || form !== undefined || menu.width < columns - 4) && (
          <Box {...side} borderTop={false} borderBottom={false} borderRight={false} height={Math.max(0, rows - 2)} />
        )}
        {store.page === undefined && menu !== undefined && menu.width < columns - 4 && (
          <Welcome store={store} width={columns - menu.width - 6} />
        )}
      </Box>
      {store.overlay !== undefined && <OverlayFrame store={store} width={columns} height={rows} />}
    </Box>
  );
}

/** All that Ink's part of the screen is made of: while this stays the same, a key costs no rendering of it. */
function chromeOf(store: Store): string {
  const {chapter, area, overlay, page, size, themeName, menuColumns} = store;
  const lifted = overlay && [overlayTitle(store, overlay), ...Object.values(overlayBox(store, overlay, size))];
  const running = store.bench.running.map(run => run.experiment.title);
  const shown = [page?.experiment.id, page?.run === undefined, area === 'menu', area === 'form'];
  return JSON.stringify([
    [chapter, store.menuIndex[chapter], menuColumns, themeName],
    [shown, lifted, running],
  ]);
}

function OverlayFrame({
  store,
  width,
  height,
}: {
  readonly store: Store;
  readonly width: number;
  readonly height: number;
}): ReactNode {
  const overlay = store.overlay;
  if (overlay === undefined) return null;
  const box = overlayBox(store, overlay, {width, height});
  const title = ` ${overlayTitle(store, overlay)} `;
  return (
    <Box
      position="absolute"
      left={box.x}
      top={box.y}
      width={box.width}
      height={box.height}
      borderStyle={store.config.ascii ? 'classic' : 'round'}
    >
      <Box position="absolute" left={1} top={-1}>
        <Spans theme={store.theme} line={[[title.slice(0, Math.max(0, box.width - 4)), 'title']]} />
      </Box>
    </Box>
  );
}

/** What is beside the menu before anything was opened. */
function Welcome({store, width}: {readonly store: Store; readonly width: number}): ReactNode {
  const keys = shellBindings(store.config.keys);
  const key = (id: ShellAction) => keyName(keys.find(bound => bound.id === id)?.keys[0] ?? '');
  const paragraphs = [
    'Everything here is real: real sockets, real kernel state, real bytes.',
    'Choose an experiment with the arrow keys and press Enter. The number keys change the chapter.',
    `${key('shell.help')} lists the keys, ${key('shell.palette')} finds and does anything.`,
    `What you launch goes on running when you leave its pane; ${key('shell.running')} lists it.`,
  ];
  const rows = paragraphs.flatMap(paragraph => [...wrapWords(paragraph, Math.max(10, width)), ' ']);
  return (
    <Box flexDirection="column" marginLeft={2} marginTop={1} flexShrink={1} overflow="hidden">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change places
        <Spans key={index} theme={store.theme} line={[row]} />
      ))}
    </Box>
  );
}
