import {expect, test} from 'vitest';
import type {AnyExperiment} from '../../../src/chapters/contract.ts';
import {defaultsOf} from '../../../src/chapters/fields.ts';
import {deadlockExperiment} from '../../../src/chapters/tcp/deadlock.ts';
import {halfCloseExperiment} from '../../../src/chapters/tcp/half-close.ts';
import {listenExperiment} from '../../../src/chapters/tcp/listen.ts';
import {sharedExperiment} from '../../../src/chapters/tcp/shared.ts';
import {udpExperiment} from '../../../src/chapters/tcp/udp.ts';

const cases: readonly (readonly [AnyExperiment, object, string | undefined])[] = [
  [listenExperiment, {address: '0.0.0.0'}, '0.0.0.0'],
  [deadlockExperiment, {role: 'server', host: '192.0.2.1'}, '192.0.2.1'],
  [deadlockExperiment, {role: 'client', host: '192.0.2.1'}, undefined],
  [halfCloseExperiment, {server: '192.0.2.1'}, '192.0.2.1'],
  [sharedExperiment, {server: '192.0.2.1'}, '192.0.2.1'],
  [udpExperiment, {}, '127.0.0.1'],
  [udpExperiment, {role: 'server', host: ' [::] '}, '::'],
  [udpExperiment, {host: '192.0.2.1'}, undefined],
];

test.each(cases.map(([experiment, ask, address]) => [experiment.id, ask, address, experiment] as const))(
  '%s with %j is open on %s',
  (_id, ask, address, experiment) => {
    expect(experiment.listensOn?.({...defaultsOf(experiment.fields), ...ask} as never)).toBe(address);
  },
);
