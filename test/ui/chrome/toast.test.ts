import {describe, expect, test} from 'vitest';
import {toastRows} from '../../../src/ui/chrome/toast.ts';
import {lineText} from '../../../src/ui/parts/line.ts';
import type {Store} from '../../../src/ui/store.ts';

const says = 'Port 1064 is taken: process 28663 (nc -lk 127.0.0.1 1064) listens on 127.0.0.1:1064';
const next = 'Stop it, choose another port, or let the kernel choose a free one.';
const problem = {code: 'tcp.eaddrinuse', says, next, fix: {title: 'Let the kernel choose a free port', ask: {port: 0}}};
const store = {toast: {problem, tone: 'bad', at: 0}} as unknown as Store;

describe('a message at the bottom', () => {
  test.each([40, 50, 60, 80, 90, 120, 200])(
    'fits into the frame of a screen of %i columns, whole words only',
    cells => {
      const rows = toastRows(store, cells).map(lineText);
      for (const row of rows) expect(row.length).toBeLessThanOrEqual(cells - 4);
      expect(rows.length).toBeLessThanOrEqual(3);
      if (cells >= 80) expect(rows.join(' ').replace(/\s+/g, ' ')).toContain(`${says}. ${next}`);
      if (cells === 40) expect(rows.at(-1)).toMatch(/ …$/);
    },
  );
});
