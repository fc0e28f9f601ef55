import {describe, expect, test} from 'vitest';
import {parseServer, parseServers, serverField} from '../../../src/chapters/names/server-text.ts';

const named = (host: string, isAddress: boolean, more: object = {}) => ({kind: 'named', host, isAddress, ...more});

describe('a server as it is typed', () => {
  test.each([
    ['lab', {kind: 'lab'}],
    [' system ', {kind: 'system'}],
    ['192.0.2.53', named('192.0.2.53', true)],
    ['@192.0.2.53', named('192.0.2.53', true)],
    ['192.0.2.53:5300', named('192.0.2.53', true, {port: 5300})],
    ['192.0.2.53#5300', named('192.0.2.53', true, {port: 5300})],
    ['2001:db8::53', named('2001:db8::53', true)],
    ['2001:db8::53#853', named('2001:db8::53', true, {port: 853})],
    ['[2001:db8::53]', named('2001:db8::53', true)],
    ['[2001:db8::53]:5300', named('2001:db8::53', true, {port: 5300})],
    ['fe80::53%eth0', named('fe80::53%eth0', true)],
    ['[fe80::53%eth0]:53', named('fe80::53%eth0', true, {port: 53})],
    ['dns.example', named('dns.example', false)],
    ['dns.example.:5300', named('dns.example.', false, {port: 5300})],
    ['_dns.example', named('_dns.example', false)],
    ['udp://192.0.2.53', named('192.0.2.53', true, {transport: 'udp'})],
    ['TCP://192.0.2.53:53', named('192.0.2.53', true, {transport: 'tcp', port: 53})],
    ['tls://192.0.2.53#dns.example', named('192.0.2.53', true, {transport: 'tls', tlsName: 'dns.example'})],
    [
      'tls://192.0.2.53:8853#dns.example',
      named('192.0.2.53', true, {transport: 'tls', port: 8853, tlsName: 'dns.example'}),
    ],
    ['https://dns.example', named('dns.example', false, {transport: 'https'})],
    ['https://dns.example/q?x=1', named('dns.example', false, {transport: 'https', path: '/q?x=1'})],
    ['https://[2001:db8::53]:8443/q', named('2001:db8::53', true, {transport: 'https', port: 8443, path: '/q'})],
  ])('%s', (typed, value) => {
    expect(parseServer(typed)).toEqual({ok: true, value});
  });

  test.each([
    ['', 'There is no address here', 0],
    ['192.0.2', '“192.0.2” is neither an address nor a name', 0],
    ['192.0.2.256', '“192.0.2.256” is neither an address nor a name', 0],
    ['a b', '“a b” is neither an address nor a name', 0],
    ['-x', '“-x” is neither an address nor a name', 0],
    ['192.0.2.53:0', '“0” is not a port', 10],
    ['192.0.2.53:65536', '“65536” is not a port', 10],
    ['192.0.2.53:dns', '“dns” is not a port', 10],
    ['192.0.2.53:', '“” is not a port', 10],
    ['[192.0.2.53]:53', '“192.0.2.53” is not an IPv6 address', 1],
    ['[::1]53', '“53” has no place behind an address', 5],
    ['ftp://192.0.2.53', 'There is no DNS over “ftp” here', 0],
    ['tls://192.0.2.53/path', 'Only https:// has a path', 16],
  ])('“%s” is refused', (typed, says, at) => {
    expect(parseServer(typed)).toMatchObject({ok: false, says, at, next: expect.stringMatching(/\.$/)});
  });

  test('several stand behind one another; a mistake is marked in its place', () => {
    expect(parseServers('lab, 192.0.2.53 system')).toMatchObject({
      ok: true,
      value: [{kind: 'lab'}, {}, {kind: 'system'}],
    });
    expect(parseServers('lab, 192.0.2.53:x')).toMatchObject({ok: false, at: 15});
    expect(parseServers(' , ')).toMatchObject({ok: false, says: 'No server is named'});
  });

  test('the field takes one, or several where they are compared', () => {
    expect(serverField().read('lab, system')).toMatchObject({ok: false});
    expect(serverField({several: true}).read('lab, system')).toEqual({ok: true, value: 'lab, system'});
    expect(serverField().repeated).toBeUndefined();
    expect(serverField({several: true}).repeated).toBe(', ');
  });
});
