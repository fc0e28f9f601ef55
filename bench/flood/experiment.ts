import {define} from '../../src/chapters/contract.ts';
import {integerField} from '../../src/chapters/fields.ts';
import {integer, text} from '../../src/journal/shape.ts';

export interface FloodState {
  readonly frames: number;
  readonly bytes: number;
}

const ports = Array.from({length: 64}, (_, index) => `127.0.0.1:${40_000 + index}`);
const payload = new Uint8Array(64).map((_, index) => index * 7);

/** Emits events at a steady rate, in batches, as what reads sockets off the screen's thread hands them over. */
export const flood = define({
  id: 'tcp.flood',
  title: 'Flood',
  teaches: 'Events at a steady rate, for the measurements.',
  opens: 'at once',
  fields: {rate: integerField({label: 'Rate', default: 50_000, from: 1, to: 1_000_000, unit: 'events a second'})},
  events: {frame: {says: 'bytes arrived', fields: {from: text, size: integer}, bytes: true}},
  actions: {},
  async run({rate}, kit) {
    let sent = 0;
    const from = kit.now();
    const timer = setInterval(() => {
      const due = Math.floor((kit.now() - from) * rate);
      for (; sent < due; sent++)
        kit.emit('frame', {from: ports[sent % ports.length]!, size: 1 + (sent % payload.length)}, payload);
    }, 10);
    await kit.stopped();
    clearInterval(timer);
  },
  start: (): FloodState => ({frames: 0, bytes: 0}),
  reduce: (state, event): FloodState => ({frames: state.frames + 1, bytes: state.bytes + event.size}),
  line: event => `${event.from} ${event.size}`,
  equivalents: () => [],
});
