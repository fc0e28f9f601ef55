import {type Behaviour, type BehaviourKind, type BehaviourSpec, plain, type Step} from './behaviour.ts';
import {chargen} from './chargen.ts';

type Makers = {[Kind in BehaviourKind]: (spec: Extract<BehaviourSpec, {kind: Kind}>) => Behaviour};

const makers: Makers = {
  echo: () => ({...plain, feed: bytes => ({out: [bytes]})}),
  upper: () => ({...plain, feed: bytes => ({out: [bytes.map(upperCase)]})}),
  discard: () => plain,
  sink,
  chargen,
  reply: ({ask, answer}) => takeExactly(ask, () => ({out: [farewell(answer)], finish: 'close'})),
  'close-after': ({bytes}) => takeExactly(bytes, () => ({finish: 'close'})),
  hold: () => ({...plain, wants: () => 0, end: () => ({})}),
  refuse: () => plain,
  reset: () => ({...plain, open: () => ({finish: 'reset'})}),
  console: () => ({...plain, end: () => ({}), patient: true}),
};

/** One connection's behaviour. Each connection needs its own: most remember something. */
export function createBehaviour(spec: BehaviourSpec): Behaviour {
  return (makers[spec.kind] as (spec: BehaviourSpec) => Behaviour)(spec);
}

/** Whether a server with this behaviour calls accept() at all. */
export function accepts(spec: BehaviourSpec): boolean {
  return spec.kind !== 'refuse';
}

function upperCase(byte: number): number {
  return byte >= 97 && byte <= 122 ? byte - 32 : byte;
}

function sink(): Behaviour {
  let count = 0;
  return {
    ...plain,
    feed(bytes) {
      count += bytes.length;
      return {};
    },
    end: () => ({out: [new TextEncoder().encode(`${count} bytes\n`)], finish: 'close'}),
  };
}

/** Never asks for more than is missing, so that what the peer sends beyond stays unread in the kernel. */
function takeExactly(size: number, enough: () => Step): Behaviour {
  let missing = size;
  return {
    ...plain,
    wants: () => missing,
    open: () => (missing === 0 ? enough() : {}),
    feed(bytes) {
      missing -= bytes.length;
      return missing <= 0 ? enough() : {};
    },
  };
}

/** Sixteen bytes of farewell, again and again up to the size asked for. */
function farewell(size: number): Uint8Array {
  const text = new TextEncoder().encode('Goodbye, client!');
  return Uint8Array.from({length: size}, (_, index) => text[index % text.length]!);
}
