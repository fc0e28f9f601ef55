import type {AskOf} from '../fields.ts';
import {choiceField, flagField, integerField, portField, secondsField} from '../fields.ts';
import {addressField} from './pair.ts';

/** What the client sends again and again, and what it expects: sixteen bytes each. */
export const pattern = 'capitalize this!';
export const capitals = pattern.toUpperCase();

const most = 1 << 30;

const buffer = (label: string) =>
  integerField({
    label,
    default: 0,
    from: 0,
    to: most,
    hint: 'bytes to ask for; 0: the kernel’s default, which it lets grow by itself',
  });

export const deadlockFields = {
  bytes: roundedUp(
    integerField({
      label: 'Bytes',
      default: 32 * 1024 * 1024,
      from: 1,
      to: most,
      hint: 'what the client sends in all, rounded up to a multiple of 16',
    }),
  ),
  reading: flagField({
    label: 'Read while writing',
    default: false,
    hint: 'a second thread of the client reads from the beginning: the cure',
  }),
  role: choiceField({
    label: 'Role',
    options: ['both', 'client', 'server'],
    default: 'both',
    hint: 'what is ours; the other end may be any program',
  }),
  host: addressField('Address', '127.0.0.1', 'where the server listens, or is'),
  port: portField({default: 1060, zero: true, hint: '1 to 65535; 0: the kernel chooses one for our server'}),
  chunk: integerField({
    label: 'Chunk',
    default: 16_384,
    from: 1,
    to: 1 << 20,
    unit: 'bytes in one send() and one recv() of the client',
  }),
  serverChunk: integerField({
    label: 'Server’s chunk',
    default: 1024,
    from: 1,
    to: 1 << 20,
    unit: 'bytes at most in one recv() of the server',
  }),
  clientSend: buffer('Client’s SO_SNDBUF'),
  clientReceive: buffer('Client’s SO_RCVBUF'),
  serverSend: buffer('Server’s SO_SNDBUF'),
  serverReceive: buffer('Server’s SO_RCVBUF'),
  patience: secondsField({
    label: 'Patience',
    default: 2,
    from: 0.2,
    to: 60,
    hint: 'seconds without a byte moving that count as frozen',
  }),
} as const;

export type DeadlockAsk = AskOf<typeof deadlockFields>;

function roundedUp(field: ReturnType<typeof integerField>): ReturnType<typeof integerField> {
  return {
    ...field,
    read(typed) {
      const read = field.read(typed);
      return read.ok ? {ok: true, value: Math.ceil(read.value / pattern.length) * pattern.length} : read;
    },
  };
}

const circle =
  'The client waits in send() until the server reads; the server waits in send() until the client reads, and the client reads only when it has sent everything.';

/** Why nothing can move, as far as the ends that are ours show it. */
export function whyFrozen(role: DeadlockAsk['role']): string {
  if (role === 'both') return `${circle} All four queues are full, and both programs are “correct”.`;
  if (role === 'client')
    return 'Our client waits in send() until the server reads. The server has answered, does not read on, and must be waiting in a send() of its own: nobody reads what it sent.';
  return 'Our server waits in send() until the client reads. The client goes on sending, and does not read what has come back: nobody empties the queues.';
}
