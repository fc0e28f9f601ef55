import {quoteShell} from '../../wire/text/quote-shell.ts';
import type {Equivalent} from '../contract.ts';
import {framingC} from './framing-c.ts';
import {readChoices} from './framing-choice.ts';
import type {FramingAsk} from './framing-fields.ts';
import {framingNode} from './framing-node.ts';
import {framingPython} from './framing-python.ts';

/** Receivers for the first decoder, where the language has a short one: the stream is standard input, payloads come out in hex. */
export function framingEquivalents(ask: FramingAsk): readonly Equivalent[] {
  const read = readChoices(ask.decoders, ask.option);
  const [choice] = read.ok ? read.choices : [];
  const written: readonly (readonly [Equivalent['language'], string | undefined])[] = [
    ['Python', choice && framingPython(choice)],
    ['C', choice && framingC(choice)],
    ['Node', choice && framingNode(choice)],
    ['shell', shell(ask, choice?.name ?? 'blocks')],
  ];
  return written.flatMap(([language, code]) => (code === undefined ? [] : [{language, code}]));
}

/** A stream made and read again; then the receiver behind a real listener. */
function shell({option, payload}: FramingAsk, name: string): string {
  const options = option.trim() === '' ? '' : ` --option ${quoteShell(option.trim())}`;
  const form = payload === 'text' ? '' : ` --payload ${payload}`;
  const decode = `wirebook data framing decode ${quoteShell(name.replace(/#\d+$/, ''))}${options}${form}`;
  const encode = `wirebook data framing encode ${quoteShell(name.replace(/#\d+$/, ''))}${options}`;
  return `printf 'hello\\nworld\\n' | ${encode} > stream.bin
${decode} < stream.bin

# The same over a connection: nc -l 1060 receives, the other end sends.
# nc -l 127.0.0.1 1060 | ${decode} &
# nc -N 127.0.0.1 1060 < stream.bin
`;
}
