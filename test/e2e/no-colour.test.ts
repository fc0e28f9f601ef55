import {expect, test} from 'vitest';
import {choose} from '../support/explorer.ts';
import {openWirebook} from '../support/wirebook.ts';

test('NO_COLOR: no colour is sent, and what has the focus, is chosen or is wrong still differs', async () => {
  await using terminal = await openWirebook([], {env: {NO_COLOR: '1', COLORTERM: undefined}, columns: 100, rows: 30});
  await terminal.waitFor('Everything here is real');
  await choose(terminal, 'tcp half-close');
  await terminal.waitFor(/▸ Client/);
  terminal.press('ctrl+u');
  terminal.type('nonsense');
  terminal.press('enter');
  await terminal.waitFor(/! \S/);
  terminal.press('f1');
  await terminal.waitFor('Keys: type');
  expect(terminal.text()).toMatch(/! Client +nonsense/);
  expect(terminal.text()).toContain('(not now: ');
  expect(terminal.cell(terminal.find('Keys: type')!.x, terminal.find('Keys: type')!.y).bold).toBe(true);
  const codes = [
    ...Buffer.from(terminal.raw())
      .toString('latin1')
      .matchAll(/\x1b\[([0-9;:]*)m/g),
  ].flatMap(match => match[1]!.split(';').map(Number));
  expect(codes.length).toBeGreaterThan(20);
  expect([...new Set(codes)].filter(code => code >= 30 && code !== 39 && code !== 49)).toEqual([]);
});
