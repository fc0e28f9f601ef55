import {nameBytes} from '../name.ts';
import {type FieldKind, meant} from './kind.ts';
import {spoken} from './numbers.ts';

/** A name of RFC 1035's types: a sender may compress it, and its letters are made small in the canonical form. */
export const oldName = domainName({compressed: true, lowered: true});

/** A name that is never sent compressed but was so once, or may be by old servers (RFC 3597 §4). */
export const laterName = domainName({compressed: false, lowered: true});

/** A name of a type that came after RFC 3597: not compressed, and letter case kept in the canonical form. */
export const exactName = domainName({compressed: false, lowered: false});

/**
 * A name with a backslash before each character that means something in a master file (RFC 1035 §5.1), as BIND prints
 * it: beside the dot and the backslash, which every name escapes, these are `"` `(` `)` `;` `@` and `$`.
 */
export function fileName(text: string): string {
  return special.test(text)
    ? text.replace(/\\.|["();@$]/g, found => (found.length === 1 ? '\\' + found : found))
    : text;
}

/** Names up to the end of the record; there may be none. */
export const exactNames: FieldKind = {
  domain: {compressed: false, lowered: false},
  read(reader, field) {
    for (let index = 0; reader.left > 0; index++) exactName.read(reader, {...field, name: `${field.name}[${index}]`});
  },
  write(words, bytes, field) {
    while (!words.done) exactName.write(words, bytes, field);
  },
};

const special = /["();@$]/;

function domainName(domain: {readonly compressed: boolean; readonly lowered: boolean}): FieldKind {
  return {
    domain,
    read(reader, {name, meaning}) {
      const offset = reader.at;
      const {text, targets} = reader.name(name);
      reader.add(offset, {
        name,
        value: text,
        text: fileName(text),
        meaning: meant(meaning, text),
        domain: {targets, expanded: nameBytes(text), lowered: domain.lowered},
      });
    },
    write(words, bytes, {name}) {
      bytes.bytes(words.name(`the ${spoken(name)}`).bytes);
    },
  };
}
