import {perform} from './control.ts';
import {findPart, type PaneFrame, partModel} from './pane.ts';
import type {Page, Store} from './store.ts';

/** Performs what the parts on screen cannot do without, after the frame that found it missing. */
export function tellWants(store: Store, page: Page, frame: PaneFrame<unknown>): void {
  if (page.run?.status !== 'running' || page.readOnly || page.frozen !== undefined) return;
  for (const box of page.pane.placed) {
    const part = findPart(frame.view, box.part);
    const wanted = part?.wants?.(partModel(frame, part, box));
    if (part === undefined || wanted === undefined) continue;
    const key = JSON.stringify(wanted);
    if (page.pane.wanted[part.id] === key) continue;
    page.pane.wanted[part.id] = key;
    // Painting changes nothing; the answer makes a frame of its own.
    queueMicrotask(() => void perform(store, page, wanted.action, wanted.args));
  }
}
