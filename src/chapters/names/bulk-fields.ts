import {typeName, typeNumber} from '../../wire/dns/tables.ts';
import {mostInFlight} from '../../world/dns/bulk-types.ts';
import {type AskOf, choiceField, flagField, integerField, type Read, secondsField, textField} from '../fields.ts';
import {serverField} from './server-text.ts';

export const concurrencyField = integerField({
  label: 'In flight',
  default: 64,
  from: 1,
  to: mostInFlight,
  hint: `questions without an answer at the same time, 1 to ${mostInFlight}`,
});

export const rateField = integerField({
  label: 'Rate',
  default: 0,
  from: 0,
  to: 1_000_000,
  hint: 'questions a second; 0: as fast as answers come',
});

const typeText = textField({
  label: 'Type',
  default: 'A',
  hint: 'A, AAAA, MX, TYPE65280: for lines that name none themselves',
});

export const bulkFields = {
  file: textField({
    label: 'Names',
    default: '',
    hint: 'a file with a name on each line, perhaps with a type; - is standard input; none: names of the lab',
  }),
  type: {
    ...typeText,
    read(typed: string): Read<string> {
      const number = typeNumber(typed.trim().toUpperCase());
      if (number === undefined)
        return {ok: false, says: `There is no record type “${typed}”`, next: 'Type one such as A, MX or TYPE65280.'};
      if (number === 251 || number === 252)
        return {
          ok: false,
          says: `${typeName(number)} is a transfer of a whole zone, which is not asked for in bulk`,
          next: 'Use wirebook names query for it.',
        };
      return {ok: true, value: typeName(number)};
    },
  },
  server: serverField({hint: 'lab, system (resolv.conf), ADDR[:PORT], tls://ADDR'}),
  concurrency: concurrencyField,
  wait: secondsField({label: 'Wait', default: 2, from: 0.05, to: 60, hint: 'seconds for each try'}),
  retries: integerField({label: 'Retries', default: 2, from: 0, to: 20, hint: 'tries after the first'}),
  rate: rateField,
  transport: choiceField({
    label: 'Transport',
    options: ['udp', 'tcp', 'tls'],
    default: 'udp',
    hint: 'udp goes on over tcp for an answer that is cut',
  }),
  recursion: flagField({label: 'RD', default: true, hint: 'the server is to resolve the names itself'}),
  dnssec: flagField({label: 'DO', default: false, hint: 'asks for signatures, which makes answers larger'}),
  records: flagField({
    label: 'Records',
    default: true,
    hint: 'no: only the header of each answer is read, which is faster',
  }),
  count: integerField({
    label: 'Count',
    default: 10_000,
    from: 1,
    to: 10_000_000,
    hint: 'how many names of the lab, when no file is named',
  }),
};

export type BulkAsk = AskOf<typeof bulkFields>;
