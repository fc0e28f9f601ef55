import {expect, test} from 'vitest';
import {experiments} from '../../../src/chapters/registry.ts';
import {briefly} from '../../../src/ui/keys.ts';

const hinted = Object.values(experiments)
  .filter(({id}) => id.startsWith('tcp.'))
  .flatMap(({id, actions}) =>
    Object.values(actions)
      .filter(({hint = 0}) => hint > 0)
      .map(({title}) => [id, title] as const),
  );

test.each(hinted)('%s: the short form of “%s” is a phrase of its own', (_id, title) => {
  const [phrase = ''] = title.split(/[:,]/);
  const short = briefly(title);
  // Words may be left off behind a whole phrase only, such as “wait for bytes | or for the end”.
  const left = phrase.slice(short.length).trim();
  expect(left).toMatch(/^((or|on or|from|that|of|this|the) .+|this connection)?$/);
});
