import {describe, expect, test} from 'vitest';
import {differences, pictureText, structure} from '../../../scripts/picture/stale.ts';

describe('the same structure', () => {
  test.each([
    ['client 127.0.2.1:40112 ⇄ server', 'client 127.0.2.1:5123  ⇄ server'],
    ['│  0.412  send("hello") = 5 │', '│ 12.003  send("hello") = 5 │'],
    ['pid 1234 · 12 ms · 4.1 KiB/s', 'pid 99 · 1.5 s · 900 B/s'],
    ['rec 00:12', 'rec 01:02'],
    ['cpu 3%', 'cpu 12 %'],
  ])('%s', (older, newer) => {
    expect(differences(older, newer)).toEqual([]);
  });

  test('what a scene calls volatile', () => {
    expect(differences('id ab3f', 'id 99cc', [/id [0-9a-f]{4}/])).toEqual([]);
    expect(differences('id ab3f', 'id 99cc')).toHaveLength(1);
  });
});

describe('another structure', () => {
  test.each([
    ['FIN_WAIT1', 'FIN_WAIT2'],
    ['connect() = 0', 'connect() refused'],
    ['│ a │', '│ b │'],
    ['0x1f', '0x2f'],
  ])('%s is not %s', (older, newer) => {
    expect(differences(older, newer)).toHaveLength(1);
  });

  test('a row more', () => {
    expect(differences('a', 'a\nb')).toEqual([{was: '', is: 'b'}]);
  });
});

test('words keep their digits', () => {
  expect(structure('HTTP/1.1 h2 IPv6 port 80')).toEqual(['HTTP/# h2 IPv6 port #']);
});

test('a file that is no picture of ours has no text', () => {
  expect(pictureText('<svg/>')).toBeUndefined();
});
