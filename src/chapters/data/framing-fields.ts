import {parseEscapes} from '../../wire/text/parse-escapes.ts';
import {parseHex} from '../../wire/text/parse-hex.ts';
import {type AskOf, choiceField, type Field, flagField, integerField, secondsField, textField} from '../fields.ts';
import {readChoices, splitOptions} from './framing-choice.ts';
import {chunksHint, readChunks} from './framing-chunks.ts';
import {payloadForms} from './framing-payload.ts';
import {sampleNames} from './framing-samples.ts';

export const framingFields = {
  op: choiceField({
    label: 'Do',
    options: ['decode', 'encode'],
    default: 'decode',
    hint: 'decode: a stream into frames. encode: payloads into a stream, with the first decoder’s framing',
  }),
  decoders: checked(
    {
      label: 'Decoders',
      default: 'blocks, delimiter, length-prefix, until-eof',
      hint: 'framings or protocols, side by side: blocks, delimiter, netstring, chunked, dns, postgres …',
    },
    typed => readChoices(typed, ''),
  ),
  option: checked(
    {
      label: 'Options',
      default: '',
      repeated: ',',
      hint: 'NAME=VALUE, such as width=u16,maximum=100 or delimiter=\\r\\n; dns.maximum=512 is for one decoder only',
    },
    splitOptions,
  ),
  sample: choiceField({
    label: 'Stream',
    options: ['auto', ...sampleNames],
    default: 'auto',
    hint: 'a stream to try. auto: standard input in a command, the book’s blocks otherwise',
  }),
  data: textField({
    label: 'Own bytes',
    default: '',
    hint: 'used instead of the sample when not empty; read as the next field says. - is standard input',
  }),
  dataAs: choiceField({
    label: 'Read as',
    options: ['text', 'hex', 'file'],
    default: 'text',
    hint: 'text with escapes such as \\r\\n and \\x00, hex, or the name of a file',
  }),
  chunks: textField({
    label: 'Cut into',
    default: 'network',
    hint: chunksHint,
    check(typed) {
      const read = readChunks(typed);
      return typeof read === 'string' ? read : undefined;
    },
  }),
  via: choiceField({
    label: 'Via',
    options: ['memory', 'socket'],
    default: 'memory',
    hint: 'socket: sent over a real loopback connection; what recv() gives is what is decoded',
  }),
  delay: secondsField({
    label: 'Delay',
    default: 0.02,
    from: 0,
    to: 5,
    hint: 'between two send()s over a socket; 0.02, 5ms, 0',
  }),
  recvSize: integerField({
    label: 'recv() size',
    default: 4096,
    from: 1,
    to: 1_048_576,
    unit: 'bytes at most, over a socket',
  }),
  payload: choiceField({
    label: 'Payload as',
    options: payloadForms,
    default: 'text',
    hint: 'how payloads are shown; encode takes text with escapes, hex or JSON values, one a line, or raw',
  }),
  every: flagField({
    label: 'Every chunk',
    default: false,
    hint: 'in a command: say after each chunk whether it is safe to stop',
  }),
  brief: flagField({
    label: 'Frames only',
    default: false,
    hint: 'in a command: no fields and reasons; lines and plain length prefixes are then several times faster',
  }),
};

export type FramingAsk = AskOf<typeof framingFields>;

/** What was typed as the stream, as bytes; a sentence where it is wrong. */
export function typedBytes({data, dataAs}: Pick<FramingAsk, 'data' | 'dataAs'>) {
  const read = dataAs === 'hex' ? parseHex(data) : parseEscapes(data);
  return read.kind === 'bytes'
    ? ({ok: true, bytes: read.bytes} as const)
    : ({ok: false, says: read.sentence, at: read.at} as const);
}

/** A text field whose complaint has a next step of its own. */
function checked(
  words: Parameters<typeof textField>[0],
  check: (typed: string) => {readonly ok: true} | {readonly ok: false; readonly says: string; readonly next: string},
): Field<string> {
  return {
    ...textField(words),
    read(typed) {
      const answer = check(typed);
      return answer.ok ? {ok: true, value: typed} : {ok: false, says: answer.says, next: answer.next};
    },
  };
}
