import type {VirtualTerminal} from './terminal.ts';

/** Opens an experiment by its command, through the palette: wherever it stands in the menu. */
export async function choose(terminal: VirtualTerminal, command: string): Promise<void> {
  await terminal.waitFor('? keys');
  terminal.press(':');
  await terminal.waitFor('Palette');
  terminal.type(command);
  await terminal.waitFor(screen => new RegExp(`▸ open +${command}|> open +${command}`).test(screen.text()));
  terminal.press('enter');
  await terminal.waitFor(screen => !screen.text().includes('Palette'));
}
