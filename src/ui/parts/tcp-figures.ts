import {tcpStates} from '../../wire/tcp/states.ts';
import type {Line, PaneModel} from '../view.ts';
import type {Gauge} from './gauges.ts';
import {quantity} from './quantity.ts';
import {sparkline} from './sparkline.ts';

/** What the kernel told of a connection last. */
export interface ShownSample {
  readonly state: string;
  readonly sendQueue?: number | undefined;
  readonly receiveQueue?: number | undefined;
  readonly sendBuffer?: number | undefined;
  readonly receiveBuffer?: number | undefined;
  readonly rtt?: number | undefined;
  readonly rttVariation?: number | undefined;
  readonly minimumRtt?: number | undefined;
  readonly congestionWindow?: number | undefined;
  readonly mss?: number | undefined;
  readonly retransmits?: number | undefined;
  readonly unacknowledged?: number | undefined;
  readonly deliveryRate?: number | undefined;
  readonly peerWindow?: number | undefined;
}

export interface Curves {
  readonly rtt: readonly number[];
  readonly window: readonly number[];
  readonly rate: readonly number[];
}

/** The kernel's two queues and the program's own buffer, in the order in which bytes come through them. */
export function queueGauges(sample: ShownSample | undefined, waiting: number, mostWaiting: number): readonly Gauge[] {
  const {sendQueue, sendBuffer, receiveQueue, receiveBuffer} = sample ?? {};
  const gauge = (label: string, value: number | undefined, max: number | undefined): Gauge => ({
    label,
    value: value ?? 0,
    unit: 'B',
    ...(max !== undefined && max > 0 && {max}),
    ...(value === undefined && {note: 'not known yet'}),
  });
  return [
    {
      label: 'Program',
      value: waiting,
      unit: 'B',
      ...(mostWaiting > 0 && {max: mostWaiting}),
      note: waiting > 0 ? 'waits for the kernel' : '',
    },
    gauge('Send-Q', sendQueue, sendBuffer),
    gauge('Recv-Q', receiveQueue, receiveBuffer),
  ];
}

/** TCP_INFO in a few rows: round trip, congestion window and delivery rate with their curves, then what changes seldom. */
export function figureLines<State>(
  sample: ShownSample | undefined,
  curves: Curves,
  {theme}: PaneModel<State>,
  width: number,
): readonly Line[] {
  if (sample?.rtt === undefined) return sample === undefined ? [] : [stateLine(sample.state)];
  const cells = Math.max(0, Math.min(60, width - 44));
  const row = (label: string, value: string, curve: readonly number[]): Line => [
    [label.padEnd(6), 'dim'],
    [value.padEnd(36), 'plain'],
    ' ',
    [cells < 8 ? '' : sparkline(curve, cells, theme, {min: 0}), 'accent'],
  ];
  const {rtt, rttVariation = 0, minimumRtt, congestionWindow = 0, mss = 0, deliveryRate = 0} = sample;
  const least = minimumRtt === undefined ? '' : `, least ${quantity(minimumRtt, 's')}`;
  return [
    row('rtt', `${quantity(rtt, 's')}, varies ${quantity(rttVariation, 's')}${least}`, curves.rtt),
    row('cwnd', `${congestionWindow} segments, ${quantity(congestionWindow * mss, 'B')}`, curves.window),
    row('rate', `${quantity(deliveryRate, 'B')}/s delivered`, curves.rate),
    [
      ['mss ', 'dim'],
      `${mss}  `,
      ['in flight ', 'dim'],
      `${sample.unacknowledged ?? 0}  `,
      ['retransmits ', 'dim'],
      [String(sample.retransmits ?? 0), (sample.retransmits ?? 0) > 0 ? 'warn' : 'plain'],
      ['  peer’s window ', 'dim'],
      quantity(sample.peerWindow ?? 0, 'B'),
    ],
    stateLine(sample.state),
  ];
}

function stateLine(state: string): Line {
  const known = (tcpStates as Readonly<Record<string, {means: string} | undefined>>)[
    state === 'CLOSE' ? 'CLOSED' : state
  ];
  return [[state, 'accent'], ` ${known?.means ?? ''}`];
}
