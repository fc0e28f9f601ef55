import type {WireEvent} from '../journal/event.ts';
import {compile} from '../journal/filter.ts';

type Test = (event: WireEvent, text: string) => boolean;

let lastText = '';
let lastTest: Test | undefined;

/** The test a filter makes; a filter that cannot be read yet hides nothing. The last one is kept: it is asked for every frame. */
export function compileFilter(text: string): Test | undefined {
  if (text !== lastText) {
    lastText = text;
    const compiled = text.trim() === '' ? undefined : compile(text);
    lastTest = compiled?.ok === true ? compiled.test : undefined;
  }
  return lastTest;
}
