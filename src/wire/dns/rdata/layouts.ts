import type {Layout} from './kind.ts';
import {basicLayouts} from './layouts-basic.ts';
import {dnssecLayouts} from './layouts-dnssec.ts';
import {moreLayouts} from './layouts-more.ts';
import {oldLayouts} from './layouts-old.ts';

/** Every type of record whose data is known here; the rest is bytes (RFC 3597). */
export const layouts: ReadonlyMap<number, Layout> = new Map(
  [basicLayouts, dnssecLayouts, moreLayouts, oldLayouts].flatMap(table =>
    Object.entries(table).map(([type, layout]) => [Number(type), layout] as const),
  ),
);
