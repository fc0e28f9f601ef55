import {
  descriptorFlags,
  eventfdFlags,
  fcntlCommands,
  fileFlags,
  flagText,
  ioctlRequests,
  namesOf,
} from './constants.ts';
import type {Core} from './core.ts';
import type {CallRecord} from './record.ts';

/** The calls about a descriptor rather than about its bytes. */
export interface ControlCalls {
  /** `number`: bytes in the receive queue (SIOCINQ), or sent and not acknowledged (SIOCOUTQ). EINVAL when listening. */
  ioctl(fd: number, request: keyof typeof ioctlRequests): CallRecord;
  /** `value` is a number of flag bits, only for the two that set. */
  fcntl(fd: number, command: keyof typeof fcntlCommands, value?: number): CallRecord;
  /** Two fcntl() calls in one, as every program writes them: the last one is told. */
  setNonBlocking(fd: number, on: boolean): CallRecord;
  /** A counter with a descriptor: a thread that waits in poll() is woken by adding to it. */
  eventfd(start: number): CallRecord;
}

export function controlCalls({native, perform}: Core): ControlCalls {
  const calls: Omit<ControlCalls, 'setNonBlocking'> = {
    ioctl(fd, request) {
      const out = new Uint8Array(4);
      const told = (): number => new DataView(out.buffer).getInt32(0, true);
      return perform({
        name: 'ioctl',
        arguments: [fd, request],
        text: result => `ioctl(${fd}, ${request}, ${result === undefined || result < 0 ? '...' : `{${told()}}`})`,
        invoke: () => native.ioctl(fd, ioctlRequests[request], 'void *', out),
        tell: () => ({number: told()}),
      });
    },
    fcntl(fd, command, value = 0) {
      const names = command.endsWith('FD') ? namesOf(descriptorFlags, value) : namesOf(fileFlags, value);
      return perform({
        name: 'fcntl',
        arguments: [fd, command, value],
        text: () => `fcntl(${fd}, ${command}${command.startsWith('F_SET') ? `, ${flagText(names)}` : ''})`,
        invoke: () => native.fcntl(fd, fcntlCommands[command], 'int', value),
        tell: result => ({number: result}),
      });
    },
    eventfd: start =>
      perform({
        name: 'eventfd',
        arguments: [start],
        text: () => `eventfd(${start}, EFD_CLOEXEC | EFD_NONBLOCK)`,
        invoke: () => native.eventfd(start, eventfdFlags.EFD_CLOEXEC | eventfdFlags.EFD_NONBLOCK),
      }),
  };
  return {
    ...calls,
    setNonBlocking(fd, on) {
      const now = calls.fcntl(fd, 'F_GETFL');
      if (now.result < 0) return now;
      const bits = on ? now.result | fileFlags.O_NONBLOCK : now.result & ~fileFlags.O_NONBLOCK;
      return calls.fcntl(fd, 'F_SETFL', bits);
    },
  };
}
