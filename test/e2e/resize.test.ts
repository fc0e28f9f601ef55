import {expect, test} from 'vitest';
import type {VirtualTerminal} from '../support/terminal.ts';
import {openWirebook} from '../support/wirebook.ts';

const sizes = [
  [400, 120],
  [40, 12],
  [80, 24],
  [59, 40],
  [61, 13],
  [200, 60],
  [120, 36],
] as const;

test('after a storm of sizes every cell is as a fresh start at that size shows it', async () => {
  await using stormy = await openWirebook(['data', 'struct'], {columns: 80, rows: 24});
  await stormy.waitFor('Format');
  for (const [columns, rows] of sizes) {
    for (const [width, height] of sizes) stormy.resize(width, height);
    stormy.resize(columns, rows);
    await stormy.settle(250);
    await using fresh = await openWirebook(['data', 'struct'], {columns, rows});
    await fresh.waitFor('Format');
    await fresh.settle(250);
    expect(cells(stormy), `${columns}x${rows}`).toEqual(cells(fresh));
  }
});

function cells(terminal: VirtualTerminal): string[] {
  return Array.from({length: terminal.rows()}, (_, y) =>
    Array.from({length: terminal.columns()}, (_cell, x) => {
      const {char, fg, bg, bold, dim, inverse} = terminal.cell(x, y);
      return `${char}${fg}${bg}${bold ? 'b' : ''}${dim ? 'd' : ''}${inverse ? 'i' : ''}`;
    }).join(' '),
  );
}
