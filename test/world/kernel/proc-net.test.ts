import {describe, expect, test} from 'vitest';
import {parseProcNet} from '../../../src/world/kernel/proc-net.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const tcp = [
  head,
  '   0: 0100007F:0424 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 4242 1 0000000000000000 100 0 0 10 0',
  '9999: 0100007F:0424 0200007F:9C40 01 0000000F:00000010 01:00000014 00000002     0        0 4243 2 0000000000000000 20 4 30 10 -1',
  // From here on the first word is wider than its column.
  '10000: 0100007F:9C40 0100007F:0424 06 00000000:00000000 03:000015E6 00000000     0        0 0 3 0000000000000000',
  '',
].join('\n');

describe('/proc/net', () => {
  test('tcp: a listener with its accept queue, a connection with its timer, and one in TIME_WAIT', () => {
    expect(parseProcNet(tcp, 'tcp')).toEqual([
      expect.objectContaining({
        state: 'LISTEN',
        local: {family: 'AF_INET', host: '127.0.0.1', port: 1060},
        acceptQueue: 3,
        uid: 1000,
        inode: 4242,
      }),
      expect.objectContaining({
        state: 'ESTABLISHED',
        remote: {family: 'AF_INET', host: '127.0.0.2', port: 40000},
        sendQueue: 15,
        receiveQueue: 16,
        timer: {kind: 'retransmit', seconds: 0.2, retransmits: 2},
      }),
      expect.objectContaining({
        state: 'TIME_WAIT',
        inode: 0,
        timer: {kind: 'time-wait', seconds: 56.06, retransmits: 0},
      }),
    ]);
  });

  test('no column is fixed: rows of any width are read', () => {
    for (const indent of ['', '    ', '          '])
      expect(parseProcNet(tcp.replaceAll('\n', `\n${indent}`), 'tcp')).toHaveLength(3);
  });

  test('tcp6: four words, each in the order of the machine', () => {
    const row =
      '   0: 00000000000000000000000001000000:0050 0000000000000000FFFF00000100007F:0400 08 00000000:00000001 00:00000000 00000000     0        0 7 1 x';
    expect(parseProcNet(`${head}\n${row}\n`, 'tcp')).toEqual([
      expect.objectContaining({
        family: 'AF_INET6',
        state: 'CLOSE_WAIT',
        local: {family: 'AF_INET6', host: '::1', port: 80},
        remote: {family: 'AF_INET6', host: '::ffff:127.0.0.1', port: 1024},
      }),
    ]);
  });

  test('udp: with what was dropped', () => {
    const row =
      ' 1000: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 99 2 0000000000000000 17';
    expect(parseProcNet(`${head} ref pointer drops\n${row}\n`, 'udp')).toEqual([
      expect.objectContaining({protocol: 'udp', state: 'CLOSE', drops: 17, inode: 99}),
    ]);
  });

  test('cut anywhere, it gives whole rows or none and does not throw', () => {
    for (let length = 0; length < tcp.length; length++)
      for (const socket of parseProcNet(tcp.slice(0, length), 'tcp')) expect(Number.isNaN(socket.inode)).toBe(false);
  });
});
