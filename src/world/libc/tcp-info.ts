/**
 * struct tcp_info of include/uapi/linux/tcp.h: what Linux measures of one TCP connection. It has grown with every few
 * kernels, so a field is only there when the kernel wrote that far.
 */
export interface TcpInfo extends Partial<Record<TcpInfoField, number>> {
  state: string;
  /** Phase of the congestion algorithm: Open, Disorder, CWR, Recovery, Loss. */
  congestionState: string;
  /** What was agreed in the handshake: timestamps, sack, window scaling, ecn, … */
  options: string[];
  sendWindowScale: number;
  receiveWindowScale: number;
  /** Whether the last delivery rate was limited by the program rather than by the network. */
  deliveryRateLimitedByProgram: boolean;
  /** How many bytes the kernel gave. */
  length: number;
}

/** Times are in microseconds, except the `last…` ones and `totalTimeoutTime`: milliseconds. Rates are bytes per second. */
type TcpInfoField = (typeof layout)[number][1];

/** Offset, name, width in bytes. */
const layout = [
  [2, 'retransmits', 1],
  [3, 'probes', 1],
  [4, 'backoff', 1],
  [8, 'retransmissionTimeout', 4],
  [12, 'acknowledgementTimeout', 4],
  [16, 'sendMss', 4],
  [20, 'receiveMss', 4],
  [24, 'unacknowledged', 4],
  [28, 'selectivelyAcknowledged', 4],
  [32, 'lost', 4],
  [36, 'retransmitted', 4],
  [40, 'forwardAcknowledged', 4],
  [44, 'lastDataSent', 4],
  [48, 'lastAcknowledgementSent', 4],
  [52, 'lastDataReceived', 4],
  [56, 'lastAcknowledgementReceived', 4],
  [60, 'pathMtu', 4],
  [64, 'receiveSlowStartThreshold', 4],
  [68, 'roundTripTime', 4],
  [72, 'roundTripVariation', 4],
  [76, 'slowStartThreshold', 4],
  [80, 'congestionWindow', 4],
  [84, 'advertisedMss', 4],
  [88, 'reordering', 4],
  [92, 'receiveRoundTripTime', 4],
  [96, 'receiveSpace', 4],
  [100, 'totalRetransmits', 4],
  [104, 'pacingRate', 8],
  [112, 'maximumPacingRate', 8],
  [120, 'bytesAcknowledged', 8],
  [128, 'bytesReceived', 8],
  [136, 'segmentsOut', 4],
  [140, 'segmentsIn', 4],
  [144, 'bytesNotSent', 4],
  [148, 'minimumRoundTripTime', 4],
  [152, 'dataSegmentsIn', 4],
  [156, 'dataSegmentsOut', 4],
  [160, 'deliveryRate', 8],
  [168, 'busyTime', 8],
  [176, 'limitedByReceiveWindow', 8],
  [184, 'limitedBySendBuffer', 8],
  [192, 'delivered', 4],
  [196, 'deliveredWithCongestionMark', 4],
  [200, 'bytesSent', 8],
  [208, 'bytesRetransmitted', 8],
  [216, 'duplicateSelectiveAcknowledgements', 4],
  [220, 'reorderingsSeen', 4],
  [224, 'outOfOrderPacketsReceived', 4],
  [228, 'sendWindow', 4],
  [232, 'receiveWindow', 4],
  [236, 'rehashes', 4],
  [240, 'totalTimeouts', 2],
  [242, 'totalTimeoutRecoveries', 2],
  [244, 'totalTimeoutTime', 4],
] as const;

/** The numbers of include/net/tcp_states.h, by which TCP_INFO, netlink and /proc/net/tcp all name the state. */
export const tcpStates = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'NEW_SYN_RECV',
] as const;

export type TcpState = Exclude<(typeof tcpStates)[number], ''>;

export function tcpState(number: number): TcpState {
  return tcpStates[number] || 'CLOSE';
}

const congestionStates = ['Open', 'Disorder', 'CWR', 'Recovery', 'Loss'];
const agreed = ['timestamps', 'sack', 'window scaling', 'ecn', 'ecn seen', 'syn data', 'usec timestamps', 'tfo child'];

/** Reads as many fields as there are bytes. A listening socket says in `unacknowledged` how many wait for accept(),
 * and in `selectivelyAcknowledged` how many may. */
export function decodeTcpInfo(bytes: Uint8Array): TcpInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const byte = (offset: number): number => bytes[offset] ?? 0;
  const info: TcpInfo = {
    state: tcpState(byte(0)),
    congestionState: congestionStates[byte(1)] ?? String(byte(1)),
    options: agreed.filter((_, bit) => (byte(5) >> bit) & 1),
    sendWindowScale: byte(6) & 15,
    receiveWindowScale: byte(6) >> 4,
    deliveryRateLimitedByProgram: (byte(7) & 1) === 1,
    length: bytes.length,
  };
  for (const [offset, name, width] of layout) {
    if (offset + width > bytes.length) break;
    info[name] = read(view, offset, width);
  }
  return info;
}

function read(view: DataView, offset: number, width: 1 | 2 | 4 | 8): number {
  if (width === 1) return view.getUint8(offset);
  if (width === 2) return view.getUint16(offset, true);
  return width === 4 ? view.getUint32(offset, true) : Number(view.getBigUint64(offset, true));
}
