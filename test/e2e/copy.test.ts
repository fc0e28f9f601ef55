import {expect, test} from 'vitest';
import {openWirebook} from '../support/wirebook.ts';

test('y copies through the terminal and says so; Y chooses; L copies the command that opens exactly this', async () => {
  await using terminal = await openWirebook(['data', 'struct', 'pack', '>I', '77'], {env: {PATH: '/nowhere'}});
  const copied = () =>
    [
      ...Buffer.from(terminal.raw())
        .toString('latin1')
        .matchAll(/\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)/g),
    ].map(match => Buffer.from(match[1]!, 'base64').toString());
  await terminal.waitFor('>I');
  await terminal.waitFor('77');
  terminal.press('y');
  await terminal.waitFor('(OSC 52)');
  expect(copied()).toHaveLength(1);
  expect(copied()[0]).not.toBe('');
  terminal.press('L');
  await terminal.waitFor('The command: copied');
  expect(copied().at(-1)).toMatch(/^wirebook data struct pack '>I' (--values )?77$/);
  terminal.press('Y');
  await terminal.waitFor('Copy as');
  terminal.press('enter');
  await terminal.waitFor(() => copied().length === 3);
});
