import {describe, expect, test} from 'vitest';
import type {ResourceRecord} from '../../../src/wire/dns/types.ts';
import {TransferTrack} from '../../../src/world/dns/transfer-track.ts';

const zone = 'example.test.';

function soa(serial: number, name = zone): ResourceRecord {
  const data = new Uint8Array(22);
  new DataView(data.buffer).setUint32(2, serial);
  return {name, type: 6, class: 1, ttl: 300, data};
}

function a(name: string, last: number): ResourceRecord {
  return {name, type: 1, class: 1, ttl: 300, data: Uint8Array.of(192, 0, 2, last)};
}

const [one, two, three] = [a('one.example.test.', 1), a('two.example.test.', 2), a('three.example.test.', 3)];

describe('a whole zone ends with the second SOA (RFC 5936 §2.2)', () => {
  test('in one message, and with a record in each', () => {
    expect(new TransferTrack({zone, type: 'AXFR'}).take([soa(7), one, two, soa(7)])).toMatchObject({
      style: 'whole',
      serial: 7,
    });
    const track = new TransferTrack({zone, type: 'AXFR'});
    for (const record of [soa(7), one, two]) expect(track.take([record])).toBeUndefined();
    expect(track.said).toBe('after 3 records');
    expect(track.take([soa(7)])?.style).toBe('whole');
  });

  test('an empty message says nothing, and a zone may hold nothing', () => {
    const track = new TransferTrack({zone, type: 'AXFR'});
    expect(track.take([])).toBeUndefined();
    expect(track.said).toBe('before the first record');
    expect(track.take([soa(7), soa(7)])?.style).toBe('whole');
  });

  test('a SOA of a name below, and letters in another case', () => {
    const track = new TransferTrack({zone, type: 'AXFR'});
    expect(track.take([soa(7), soa(1, 'sub.example.test.')])).toBeUndefined();
    expect(track.take([soa(7, 'EXAMPLE.test.')])?.style).toBe('whole');
  });

  test('what does not begin with a SOA, and what goes on behind the end', () => {
    expect(() => new TransferTrack({zone, type: 'AXFR'}).take([one])).toThrow(/does not begin with its SOA/);
    expect(() => new TransferTrack({zone, type: 'AXFR'}).take([soa(7), soa(7), one])).toThrow(/follow the SOA/);
    const cut = {...soa(7), data: new Uint8Array(10)};
    expect(() => new TransferTrack({zone, type: 'AXFR'}).take([cut])).toThrow(/SOA/);
  });
});

describe('differences (RFC 1995 §4)', () => {
  test('two of them, as in the example of the RFC', () => {
    const track = new TransferTrack({zone, type: 'IXFR', serial: 1});
    const end = track.take([soa(3), soa(1), one, soa(2), two, soa(2), two, soa(3), three, soa(3)]);
    expect(end).toEqual({
      style: 'differences',
      serial: 3,
      differences: [
        {from: 1, to: 2, removed: [one], added: [two]},
        {from: 2, to: 3, removed: [two], added: [three]},
      ],
    });
  });

  test('a record in each message', () => {
    const track = new TransferTrack({zone, type: 'IXFR', serial: 1});
    for (const record of [soa(2), soa(1), one, soa(2), two]) expect(track.take([record])).toBeUndefined();
    expect(track.take([soa(2)])).toMatchObject({style: 'differences', differences: [{from: 1, to: 2}]});
  });

  test('only removed, only added', () => {
    const track = new TransferTrack({zone, type: 'IXFR', serial: 1});
    expect(track.take([soa(2), soa(1), one, soa(2), soa(2)])?.differences).toEqual([
      {from: 1, to: 2, removed: [one], added: []},
    ]);
  });

  test('a whole zone instead', () => {
    const track = new TransferTrack({zone, type: 'IXFR', serial: 1});
    expect(track.take([soa(9), one, two, soa(9)])).toMatchObject({style: 'whole', serial: 9, differences: []});
  });

  test.each([
    [7, 7, 'up to date'],
    [7, 8, 'up to date'],
    [8, 7, undefined],
    [2 ** 32 - 1, 3, 'up to date'],
    [3, 2 ** 32 - 1, undefined],
  ])('a single SOA with serial %d, to one who has %d: %s', (serial, mine, style) => {
    expect(new TransferTrack({zone, type: 'IXFR', serial: mine}).take([soa(serial)])?.style).toBe(style);
  });
});
