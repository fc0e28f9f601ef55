import type {AnyExperiment, StateOf} from '../chapters/contract.ts';
import type {ExperimentId, experiments} from '../chapters/registry.ts';
import {bulkView} from './panes/bulk.ts';
import {connectView} from './panes/connect.ts';
import {deadlockView} from './panes/deadlock.ts';
import {errorsView} from './panes/errors.ts';
import {framingView} from './panes/framing.ts';
import {halfCloseView} from './panes/half-close.ts';
import {hexView} from './panes/hex.ts';
import {jsonView} from './panes/json.ts';
import {listenView} from './panes/listen.ts';
import {lookupView} from './panes/lookup.ts';
import {mailView} from './panes/mail.ts';
import {numberView} from './panes/number.ts';
import {optionsView} from './panes/options.ts';
import {pickleView} from './panes/pickle.ts';
import {queryView} from './panes/query.ts';
import {servicesView} from './panes/services.ts';
import {sharedView} from './panes/shared.ts';
import {structView} from './panes/struct.ts';
import {traceView} from './panes/trace.ts';
import {udpView} from './panes/udp.ts';
import {whoisView} from './panes/whois.ts';
import {workspaceView} from './panes/workspace.ts';
import {zlibView} from './panes/zlib.ts';
import type {View} from './view.ts';

/** The view of every experiment. The compiler names the one that is missing, or whose state is another. */
const views = {
  'tcp.connect': connectView,
  'tcp.listen': listenView,
  'tcp.half-close': halfCloseView,
  'tcp.shared': sharedView,
  'tcp.deadlock': deadlockView,
  'tcp.options': optionsView,
  'tcp.udp': udpView,
  'names.lookup': lookupView,
  'names.services': servicesView,
  'names.query': queryView,
  'names.trace': traceView,
  'names.bulk': bulkView,
  'names.mail': mailView,
  'names.whois': whoisView,
  'names.workspace': workspaceView,
  'data.number': numberView,
  'data.struct': structView,
  'data.errors': errorsView,
  'data.pickle': pickleView,
  'data.json': jsonView,
  'data.framing': framingView,
  'data.zlib': zlibView,
  'data.hex': hexView,
} as const satisfies {readonly [Id in ExperimentId]: View<StateOf<(typeof experiments)[Id]>>};

export function viewOf(experiment: AnyExperiment): View<unknown> {
  const view = (views as Readonly<Record<string, unknown>>)[experiment.id] as View<unknown> | undefined;
  if (view === undefined) throw new Error(`No view for ${experiment.id}`);
  return view;
}
