import type {InputEvent} from '../terminal/decoder/events.ts';
import {chord} from '../terminal/decoder/events.ts';
import type {Screen} from '../terminal/screen.ts';
import {overlayBox} from './chrome/overlay-size.ts';
import type {Context, Outside} from './context.ts';
import {dispatch, paste} from './dispatch.ts';
import {mouse} from './mouse.ts';
import {paintBody, paintTop} from './painting.ts';
import type {Store} from './store.ts';

/** Joins the model and the screen: input goes to the model, what the model shows is painted, changes ask for a frame. */
export function connect(store: Store, screen: Screen, outside: Outside): () => void {
  const context: Context = {store, outside};
  const whole = () => ({x: 0, y: 0, width: screen.width, height: screen.height});
  const undo = [
    screen.onInput(event => take(context, event, screen)),
    store.subscribe(() => screen.invalidate()),
    store.bench.subscribe(run => {
      // Events of runs that nobody sees change at most the header, which the status change redraws.
      if (run === store.page?.run) screen.invalidate();
    }),
    screen.canvas({
      rect: whole,
      z: 0,
      paint: surface => {
        const caret = paintBody(surface, store);
        if (store.overlay === undefined) screen.setCursor(caret);
      },
    }),
    screen.overlay({
      rect: () => (store.overlay === undefined ? undefined : overlayBox(store, store.overlay, whole())),
      z: 2,
      dimBelow: true,
    }),
    screen.canvas({
      rect: () => (store.overlay === undefined ? undefined : whole()),
      z: 2,
      paint: surface => screen.setCursor(paintTop(surface, store)),
    }),
  ];
  return () => {
    for (const end of undo) end();
  };
}

function take(context: Context, event: InputEvent, screen: Screen): void {
  if (event.kind === 'key') {
    const typed = event.text !== '' && !event.ctrl && !event.alt ? event.text : undefined;
    dispatch(context, {key: chord(event), text: typed});
  } else if (event.kind === 'paste') paste(context, event.text, event.dropped);
  else if (event.kind === 'mouse') {
    const rows = event.button === 'up' ? -1 : event.button === 'down' ? 1 : 0;
    if (event.action === 'wheel' && rows !== 0) mouse(context, {kind: 'wheel', x: event.x, y: event.y, rows}, screen);
    else if (event.button === 'left' && (event.action === 'press' || event.action === 'drag'))
      mouse(context, {kind: event.action, x: event.x, y: event.y, rows: 0}, screen);
    else if (event.action === 'release' && context.store.dragging)
      mouse(context, {kind: 'release', x: event.x, y: event.y, rows: 0}, screen);
  }
}
