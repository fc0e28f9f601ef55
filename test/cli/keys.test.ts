import {expect, test} from 'vitest';
import {defaultsOf} from '../../src/chapters/fields.ts';
import {settings} from '../../src/chapters/settings.ts';
import {keysText, unknownActions} from '../../src/cli/keys.ts';
import {toy} from '../support/toy-experiment.ts';

test('wirebook keys prints the keys that work, also those the configuration has given', async () => {
  const own = await keysText([toy]);
  expect(own).toMatch(/^ {2}:, F2 +Palette: find and do anything +\(shell\.palette\)$/m);
  expect(own).toMatch(/^ {2}s +Say +\(tcp\.toy\.say\)$/m);
  const remapped = await keysText([toy], {'shell.palette': 'ctrl+p', 'tcp.toy.say': 'i'});
  expect(remapped).toMatch(/^ {2}Ctrl-P +Palette: find and do anything +\(shell\.palette\)$/m);
  expect(remapped).toMatch(/^ {2}i +Say +\(tcp\.toy\.say\)$/m);
  expect(remapped).not.toContain('F2');
});

test('a key for an action that there is not is warned of', async () => {
  const config = {...defaultsOf(settings), keys: {'tcp.toy.sai': 'i', 'tcp.toy.say': 'i'}};
  const loaded = {config, origins: {} as never, file: 'config.json', warnings: []};
  expect(await unknownActions(loaded, [toy])).toEqual([
    'config.json: keys: there is no action “tcp.toy.sai”. Did you mean “tcp.toy.say”?',
  ]);
});
