import {labZones} from '../../lab/zones/zones.ts';
import {typeName} from '../../wire/dns/tables.ts';
import {parseZone} from '../../wire/dns/zone-file.ts';

/** Lines in one group. */
const group = 500;

/** Among so many lines one has a name that is in the zones' files; the others are in a wildcard, so that no two are alike. */
const every = 4;

/** So many questions about the lab: every name and type of its zones in turn, and names that its wildcard answers for. */
export function* labLines(count: number): Generator<readonly string[]> {
  const known = knownQuestions();
  for (let first = 0; first < count; first += group)
    yield Array.from({length: Math.min(group, count - first)}, (_, k) => {
      const number = first + k;
      return number % every === 0
        ? known[(number / every) % known.length]!
        : `host-${number}.wild.example.test. ${number % 2 === 0 ? 'TXT' : 'A'}`;
    });
}

function knownQuestions(): readonly string[] {
  const found = new Set<string>();
  for (const {origin, text} of labZones)
    for (const {name, type} of parseZone(text, {origin, ttl: 300}).records)
      if (!name.startsWith('*.')) found.add(`${name} ${typeName(type)}`);
  found.add('nothing.example.test. A');
  return [...found];
}
