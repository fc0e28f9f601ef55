import {define, type Step} from '../contract.ts';
import {textField} from '../fields.ts';
import {needLibc} from './call-problems.ts';
import {callLine} from './call-text.ts';
import {optionsEquivalents} from './options-equivalents.ts';
import {type OptionsEvent, optionsEvents} from './options-events.ts';
import {optionsFields, readSettings} from './options-fields.ts';
import {OptionsSession, orThrow} from './options-session.ts';
import {type OptionsState, reduceOptions, startOptions} from './options-state.ts';

export const optionsExperiment = define({
  id: 'tcp.options',
  title: 'Options',
  teaches:
    'Every option that can be read on a socket: what it is for, what it is now, and what the kernel makes of a new value.',
  opens: 'with its form',
  rest: 'set',
  fields: optionsFields,
  events: optionsEvents,
  actions: {
    set: {
      key: 's',
      title: 'Set an option',
      hint: 9,
      fields: {
        name: textField({label: 'Option', default: 'SO_RCVBUF', hint: 'its name, such as TCP_NODELAY'}),
        value: textField({
          label: 'Value',
          default: '',
          hint: 'a number, yes or no, seconds, off or seconds to linger, text, or bytes as hex: as its type wants',
        }),
      },
    },
    again: {key: 'a', title: 'Read all again', hint: 5},
  },
  script: (): readonly Step[] => [{action: 'again'}],
  async run(ask, kit) {
    await needLibc(kit.world);
    const session = new OptionsSession(kit, ask);
    try {
      await session.open();
      for (const setting of readSettings(ask.set)) {
        if (!setting.ok) continue;
        const reply = await session.set(setting.value.name, setting.value.value);
        if (kit.headless) orThrow(reply);
      }
      kit.handle({
        set: ({name, value}: {name: string; value: string}) => session.set(name, value),
        again: () => session.read(),
      });
      await kit.stopped();
    } finally {
      await session.close();
    }
  },
  start: (): OptionsState => startOptions,
  reduce: reduceOptions,
  line: optionsLine,
  equivalents: optionsEquivalents,
});

function optionsLine(event: OptionsEvent, bytes: Uint8Array | undefined): string | undefined {
  switch (event.kind) {
    case 'call':
      return event.errno === undefined || event.name === 'setsockopt' ? undefined : callLine(event, bytes);
    case 'socket':
      return `${event.of} ${event.local}${event.remote === undefined ? '' : ` to ${event.remote}`}`;
    case 'option': {
      const {level, name, number, text, purpose, changed} = event;
      if (changed) return `${name} is now ${text}`;
      return `${level.padEnd(12)} ${name.padEnd(25)} ${String(number).padStart(3)}  ${text.padEnd(16)}  ${purpose}`;
    }
    case 'set': {
      const {name, asked, errno, before, after, says} = event;
      const how = errno === undefined ? `was ${before}, is ${after}` : `${errno}, stays ${after}`;
      return `${name}: asked for ${asked}, ${how}. ${says}`;
    }
    default:
      return undefined;
  }
}
