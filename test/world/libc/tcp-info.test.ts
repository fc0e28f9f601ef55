import {describe, expect, test} from 'vitest';
import {decodeTcpInfo, tcpState, tcpStates} from '../../../src/world/libc/tcp-info.ts';

/** Each 32-bit word holds its own offset, so a field must decode to the offset that the header gives it. */
function counting(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (let offset = 8; offset + 4 <= length; offset += 4) view.setUint32(offset, offset, true);
  bytes.set([1, 2, 3, 4, 5, 0b111, 0xa7, 1]);
  return bytes;
}

describe('struct tcp_info', () => {
  test('has each field at the offset of the header', () => {
    const info = decodeTcpInfo(counting(248));
    const wide = (offset: number): number => offset + (offset + 4) * 2 ** 32;
    expect(info).toMatchObject({
      state: 'ESTABLISHED',
      congestionState: 'CWR',
      options: ['timestamps', 'sack', 'window scaling'],
      sendWindowScale: 7,
      receiveWindowScale: 10,
      deliveryRateLimitedByProgram: true,
      retransmits: 3,
      backoff: 5,
      retransmissionTimeout: 8,
      sendMss: 16,
      unacknowledged: 24,
      pathMtu: 60,
      roundTripTime: 68,
      congestionWindow: 80,
      totalRetransmits: 100,
      pacingRate: wide(104),
      bytesAcknowledged: wide(120),
      segmentsOut: 136,
      bytesNotSent: 144,
      deliveryRate: wide(160),
      limitedBySendBuffer: wide(184),
      bytesRetransmitted: wide(208),
      sendWindow: 228,
      totalTimeoutTime: 244,
    });
  });

  test('of an older kernel is shorter, and lacks only what lies beyond', () => {
    for (let length = 8; length <= 248; length++) {
      const info = decodeTcpInfo(counting(248).subarray(0, length));
      expect(info.length).toBe(length);
      expect(info.roundTripTime).toBe(length >= 72 ? 68 : undefined);
      expect(info.deliveryRate !== undefined).toBe(length >= 168);
      expect(info.totalTimeoutTime !== undefined).toBe(length >= 248);
    }
  });

  test('names all twelve states', () => {
    expect(tcpStates.slice(1).map((_, index) => tcpState(index + 1))).toEqual(tcpStates.slice(1));
    expect(tcpState(99)).toBe('CLOSE');
  });
});
