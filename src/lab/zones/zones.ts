import {exampleZone, firstZone, nsec3Zone, secondZone} from './example.ts';
import {bigText, childZone, exampleTestBefore, exampleTestZone} from './example-test.ts';
import {typesZone} from './example-test-types.ts';
import {customerZone, hosterZone, lameZone, strictZone} from './hoster.ts';
import {reverse6Zone, reverseZone} from './reverse.ts';
import {rootZone} from './root.ts';
import type {ZoneSource} from './source.ts';
import {testZone} from './test.ts';

const nsec = {denial: 'nsec'} as const;
const registry = ['127.4.1.1', '127.4.1.2'];
const hoster = ['127.4.4.1', '127.4.4.2'];
const own = ['127.4.3.1', '127.4.3.2'];

/** Every zone of the lab, parents before children. */
export const labZones: readonly ZoneSource[] = [
  {origin: '.', text: rootZone, servers: ['127.4.0.1', '127.4.0.2'], signing: {...nsec, digest: true}},
  {origin: 'test.', text: testZone, servers: registry, signing: nsec},
  {origin: 'example.', text: exampleZone, servers: ['127.4.2.1', '127.4.2.2'], signing: {denial: 'nsec3'}},
  {origin: '4.127.in-addr.arpa.', text: reverseZone, servers: registry, signing: nsec},
  {origin: '4.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.', text: reverse6Zone, servers: registry, signing: nsec},
  {
    origin: 'example.test.',
    text: exampleTestZone + bigText(24) + typesZone,
    servers: own,
    signing: {...nsec, announced: true},
    before: exampleTestBefore,
  },
  {origin: 'plain.example.test.', text: childZone(['ns1', 'ns2']), servers: own},
  {origin: 'ns.types.example.test.', text: childZone(['ns1']), servers: ['127.4.3.1']},
  {origin: 'ds.types.example.test.', text: childZone(['ns1']), servers: ['127.4.3.1'], signing: nsec},
  {origin: 'nsec3.example.', text: nsec3Zone, servers: ['127.4.5.1'], signing: {denial: 'nsec3', optOut: true}},
  {origin: 'first.nsec3.example.', text: firstZone, servers: ['127.4.5.1']},
  {origin: 'second.nsec3.example.', text: secondZone, servers: ['127.4.5.1']},
  {origin: 'hoster.test.', text: hosterZone, servers: hoster, signing: nsec},
  {origin: 'lame.test.', text: lameZone, servers: ['127.4.4.1'], signing: nsec},
  {origin: 'strict.test.', text: strictZone, servers: ['127.4.4.6'], signing: nsec},
  {origin: 'unsigned.test.', text: customerZone('Nobody signed this'), servers: hoster},
  {
    origin: 'bogus.test.',
    text: customerZone('The signature of this was altered'),
    servers: hoster,
    signing: {...nsec, fault: 'altered'},
  },
  {
    origin: 'expired.test.',
    text: customerZone('The signatures expired last month'),
    servers: hoster,
    signing: {...nsec, fault: 'expired'},
  },
  {
    origin: 'early.test.',
    text: customerZone('The signatures are valid from next month'),
    servers: hoster,
    signing: {...nsec, fault: 'early'},
  },
  {
    origin: 'wrong-ds.test.',
    text: customerZone('The DS is of another key'),
    servers: hoster,
    signing: {...nsec, fault: 'wrong-ds'},
  },
  {
    origin: 'stripped.test.',
    text: customerZone('Somebody took the signatures away'),
    servers: hoster,
    signing: {...nsec, fault: 'no-signature'},
  },
  {
    origin: 'island.test.',
    text: customerZone('Signed, and the parent does not say so'),
    servers: hoster,
    signing: nsec,
    delegatedSigned: false,
  },
];
