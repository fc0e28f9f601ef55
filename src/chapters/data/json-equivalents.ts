import {readJsonAsPython} from '../../wire/json/read-python.ts';
import {writeJson} from '../../wire/json/write.ts';
import {readLiteral} from '../../wire/python/literal.ts';
import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import type {JsonAsk} from './json-shape.ts';

/** The same round trips in Python, what Node reads of the JSON, and the command. C has none of these encodings. */
export function jsonEquivalents(ask: JsonAsk): readonly Equivalent[] {
  const node = nodeProgram(ask);
  return [
    {language: 'Python', code: pythonProgram(ask)},
    ...(node === undefined ? [] : [{language: 'Node', code: node} as const]),
    {language: 'shell', code: shellCommands(ask)},
  ];
}

function pythonProgram({value, protocol}: JsonAsk): string {
  const literal = readLiteral(value);
  const named = /\b(inf|nan)\b/.test(value) ? "inf, nan = float('inf'), float('nan')\n" : '';
  return `import json
import pickle
${named === '' ? '' : `\n${named}`}
value = ${literal.ok ? value.trim() : repr(value)}

encodings = {
    'JSON': (lambda: json.dumps(value).encode(), json.loads),
    'pickle': (lambda: pickle.dumps(value, protocol=${protocol}), pickle.loads),
    # MessagePack is no part of Python: pip install msgpack, then
    # 'MessagePack': (lambda: msgpack.packb(value), msgpack.unpackb),
}
for name, (write, read) in encodings.items():
    try:
        data = write()
        back = read(data)
        print(name, len(data), 'equal' if back == value and repr(back) == repr(value) else repr(back))
    except (TypeError, ValueError) as error:
        print(name, f'{type(error).__name__}: {error}')
`;
}

/** Nothing when there is no JSON for it. */
function nodeProgram({value}: JsonAsk): string | undefined {
  const literal = readLiteral(value);
  const written = literal.ok ? writeJson(literal.value) : undefined;
  if (written?.ok !== true || !readJsonAsPython(written.text).ok) return undefined;
  return `// What JavaScript makes of the text that Python writes.
const text = ${JSON.stringify(written.text)};
try {
  console.log(JSON.stringify(JSON.parse(text)), text.length);
} catch (error) {
  console.log(error.name);
}
`;
}

function shellCommands({value, protocol}: JsonAsk): string {
  const chosen = protocol === '4' ? '' : ` --protocol ${protocol}`;
  return `wirebook data json${chosen} ${quoteShell(value)}\n`;
}

function repr(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

/** A word for a POSIX shell. */
