import {expect, test} from 'vitest';
import {isLabAddress, isLabName, usualPlace} from '../../src/lab/known.ts';
import {labZones} from '../../src/lab/zones/zones.ts';

test.each(['test', 'www.example.test', 'WWW.Example.TEST.', 'nsec3.example.'])('%s is of the lab', name => {
  expect(isLabName(name)).toBe(true);
});

test.each(['example.com', 'mytest', 'test.example.net.', 'contest.', ''])('“%s” is not', name => {
  expect(isLabName(name)).toBe(false);
});

test('the zones are served by addresses of the lab', () => {
  const servers = labZones.flatMap(zone => zone.servers);
  expect(servers.length).toBeGreaterThan(0);
  expect(servers.filter(address => !isLabAddress(address))).toEqual([]);
  expect(['127.40.0.1', '127.0.0.53', '::1'].map(isLabAddress)).toEqual([false, false, false]);
});

test('a host is where its service asks first, whatever the letter case', () => {
  expect(usualPlace('Mail.Example.test.', 'smtp')).toEqual({address: '127.4.3.25', port: 2525});
  expect(usualPlace('whois.nic.test', 'whois')).toEqual({address: '127.4.1.43', port: 4343});
  expect(usualPlace('toString', 'smtp')).toBeUndefined();
});
