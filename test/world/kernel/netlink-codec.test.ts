import {describe, expect, test} from 'vitest';
import {decodeAnswer, encodeRequest} from '../../../src/world/kernel/netlink-codec.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));

/** One listener on 127.0.0.1:1060 with three waiting of sixteen, shut for reading, then the end of the list. */
const answer = `
  60000000 1400 0200 01000000 00000000
  02 0a 00 00 0424 0000 7f000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000
  00000000 01000000 00000000 00000000 03000000 10000000 e8030000 92100000
  0500 0800 01 000000
  14000000 0300 0200 01000000 00000000 00000000`;

describe('netlink SOCK_DIAG', () => {
  test('a request asks for one family, ports, states and TCP_INFO', () => {
    const request = encodeRequest({
      family: 'AF_INET6',
      protocol: 'tcp',
      localPort: 1060,
      remotePort: 0,
      states: ['ESTABLISHED', 'LISTEN'],
      info: true,
    });
    expect(hex(request)).toBe(
      `${'48000000'}${'1400'}${'0103'}${'01000000'}${'00000000'}${'0a060200'}${'02040000'}${'04240000'}${'00'.repeat(44)}`,
    );
    expect(request).toHaveLength(72);
  });

  test('an answer is decoded, and the end of the list is seen', () => {
    expect(decodeAnswer(bytes(answer), 'tcp')).toEqual({
      done: true,
      sockets: [
        {
          family: 'AF_INET',
          protocol: 'tcp',
          state: 'LISTEN',
          local: {family: 'AF_INET', host: '127.0.0.1', port: 1060},
          remote: {family: 'AF_INET', host: '0.0.0.0', port: 0},
          sendQueue: 16,
          receiveQueue: 3,
          acceptQueue: 3,
          backlog: 16,
          inode: 4242,
          uid: 1000,
          shutdown: {receive: true, send: false},
          via: 'netlink',
        },
      ],
    });
  });

  test('cut at every byte, it has the whole messages and never an end that did not come', () => {
    const whole = bytes(answer);
    for (let length = 0; length < whole.length; length++) {
      const {sockets, done} = decodeAnswer(whole.subarray(0, length), 'tcp');
      expect(sockets).toHaveLength(length < 96 ? 0 : 1);
      expect(done).toBe(false);
    }
  });

  test('a refusal has its errno', () => {
    const refused = bytes('24000000 0200 0000 01000000 00000000 feffffff 00000000 00000000 00000000 00000000');
    expect(decodeAnswer(refused, 'udp')).toEqual({sockets: [], done: true, errno: 2});
  });

  test('lengths that lie do not run on for ever', () => {
    expect(decodeAnswer(new Uint8Array(64), 'tcp')).toEqual({sockets: [], done: false});
    expect(decodeAnswer(new Uint8Array(64).fill(255), 'tcp')).toEqual({sockets: [], done: false});
  });
});
