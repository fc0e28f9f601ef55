import type {Constant} from './argument.ts';
import {fault, isFault, type PickleFault} from './fault.ts';
import type {ContainerType, Machine, Running} from './machine.ts';
import type {OpcodeName} from './opcodes.ts';
import {truncated, type UnpicklerArgument} from './unpickler-argument.ts';

/** Carries out one opcode on the machine; gives what stops it. */
export function perform<T>(
  machine: Machine<T>,
  argument: UnpicklerArgument['value'],
  running: Running,
): PickleFault | undefined {
  const handler = handlers[running.opcode.name] ?? pushConstant;
  return handler(machine, argument, running);
}

type Handler = <T>(
  machine: Machine<T>,
  argument: UnpicklerArgument['value'],
  running: Running,
) => PickleFault | undefined;

/** Opcodes that are not here push the value of their argument. */
const handlers: Partial<Record<OpcodeName, Handler>> = {
  NONE: machine => machine.push(machine.domain.constant({t: 'none'})),
  NEWTRUE: machine => machine.push(machine.domain.constant({t: 'bool', v: true})),
  NEWFALSE: machine => machine.push(machine.domain.constant({t: 'bool', v: false})),
  EMPTY_LIST: machine => machine.push(machine.domain.container('list', [])),
  EMPTY_TUPLE: machine => machine.push(machine.domain.container('tuple', [])),
  EMPTY_DICT: machine => machine.push(machine.domain.container('dict', [])),
  EMPTY_SET: machine => machine.push(machine.domain.container('set', [])),
  LIST: containerOfMarked('list'),
  TUPLE: containerOfMarked('tuple'),
  FROZENSET: containerOfMarked('frozenset'),
  DICT: containerOfMarked('dict'),
  TUPLE1: tupleOf(1),
  TUPLE2: tupleOf(2),
  TUPLE3: tupleOf(3),
  APPEND: (machine, _, running) => extend(machine, 'append', machine.stack.length - 1, running),
  SETITEM: (machine, _, running) => extend(machine, 'set', machine.stack.length - 2, running),
  APPENDS: extendWithMarked('append'),
  SETITEMS: extendWithMarked('set'),
  ADDITEMS: extendWithMarked('add'),
  MARK: machine => {
    if (machine.marks.length >= machine.limits.marks)
      return fault('Limit', `more than ${machine.limits.marks} marks are open; raise the limit to read on`);
    machine.marks.push(machine.stack.length);
    return undefined;
  },
  POP: machine => {
    // A mark with nothing above it counts as the item on top.
    if (machine.marks.length > 0 && machine.fence === machine.stack.length) machine.marks.pop();
    else return failureOf(machine.pop());
    return undefined;
  },
  POP_MARK: machine => failureOf(machine.popMarked()),
  DUP: machine => machine.push(machine.top()),
  GET: recall,
  BINGET: recall,
  LONG_BINGET: recall,
  PUT: remember,
  BINPUT: remember,
  LONG_BINPUT: remember,
  MEMOIZE: remember,
  PROTO: (machine, argument, running) => {
    machine.protocol = Number(integerOf(argument));
    machine.domain.protocol(running);
    if (machine.protocol <= 5) return undefined;
    return unlessForgiven(machine, fault('ValueError', `unsupported pickle protocol: ${machine.protocol}`), running);
  },
  FRAME: (machine, argument, running) => {
    const size = integerOf(argument);
    const largest = 2n ** 63n - 1n;
    if (size <= BigInt(running.left)) return undefined;
    const tooLarge = `FRAME length exceeds system's maximum of ${largest} bytes`;
    // CPython's reader in Python takes the bytes that there are.
    return unlessForgiven(machine, size > largest ? fault('OverflowError', tooLarge) : truncated(), running);
  },
  STOP: () => undefined,
  GLOBAL: (machine, argument, running) => machine.push(imported(machine, argument, running)),
  STACK_GLOBAL: (machine, _, running) => {
    const name = machine.pop();
    if (isFault(name)) return name;
    const module = machine.pop();
    return isFault(module) ? module : machine.push(machine.domain.import(module, name, running));
  },
  EXT1: (machine, argument, running) => machine.push(machine.domain.extension(integerOf(argument), running)),
  EXT2: (machine, argument, running) => machine.push(machine.domain.extension(integerOf(argument), running)),
  EXT4: (machine, argument, running) => machine.push(machine.domain.extension(integerOf(argument), running)),
  PERSID: (machine, argument, running) =>
    machine.push(machine.domain.persistent(machine.domain.constant(argument as Constant), running)),
  BINPERSID: (machine, _, running) => {
    const id = machine.pop();
    return isFault(id) ? id : machine.push(machine.domain.persistent(id, running));
  },
  REDUCE: call(false),
  NEWOBJ: call(false),
  NEWOBJ_EX: call(true),
  INST: (machine, argument, running) => {
    const items = machine.popMarked();
    if (isFault(items)) return items;
    const callee = imported(machine, argument, running);
    return isFault(callee) ? callee : machine.push(machine.domain.instantiate(callee, items, running));
  },
  OBJ: (machine, _, running) => {
    const items = machine.popMarked();
    if (isFault(items)) return items;
    const callee = items.shift();
    return callee === undefined
      ? machine.underflow()
      : machine.push(machine.domain.instantiate(callee, items, running));
  },
  BUILD: (machine, _, running) => {
    if (machine.stack.length - 2 < machine.fence) return machine.underflow();
    const state = machine.stack.pop()!;
    return machine.domain.build(machine.stack.at(-1)!, state, running);
  },
  NEXT_BUFFER: (machine, _, running) => machine.push(machine.domain.buffer(running)),
  READONLY_BUFFER: (machine, _, running) => {
    const buffer = machine.pop();
    return isFault(buffer) ? buffer : machine.push(machine.domain.readonly(buffer, running));
  },
};

function pushConstant<T>(machine: Machine<T>, argument: UnpicklerArgument['value']): PickleFault | undefined {
  return machine.push(machine.domain.constant(argument as Constant));
}

function containerOfMarked(type: ContainerType): Handler {
  return machine => {
    const items = machine.popMarked();
    if (isFault(items)) return items;
    if (type === 'dict' && items.length % 2 === 1) return fault('UnpicklingError', 'odd number of items for DICT');
    return machine.push(machine.domain.container(type, items));
  };
}

function tupleOf(count: number): Handler {
  return machine => {
    if (machine.stack.length - count < machine.fence) return machine.underflow();
    return machine.push(machine.domain.container('tuple', machine.stack.splice(machine.stack.length - count)));
  };
}

function extendWithMarked(how: 'append' | 'set' | 'add'): Handler {
  return (machine, _, running) => {
    const mark = machine.takeMark();
    return isFault(mark) ? mark : extend(machine, how, mark, running);
  };
}

/** Gives the items from `from` on to the object just below them. */
function extend<T>(
  machine: Machine<T>,
  how: 'append' | 'set' | 'add',
  from: number,
  running: Running,
): PickleFault | undefined {
  if (from > machine.stack.length || from <= machine.fence) return machine.underflow();
  if (from === machine.stack.length) return undefined;
  if (how === 'set' && (machine.stack.length - from) % 2 === 1)
    return fault('UnpicklingError', 'odd number of items for SETITEMS');
  const items = machine.stack.splice(from);
  return machine.domain.extend(how, machine.stack.at(-1)!, items, running);
}

function recall<T>(machine: Machine<T>, argument: UnpicklerArgument['value'], running: Running) {
  const key = integerOf(argument);
  const stored = machine.memo.get(key);
  if (stored !== undefined) return machine.push(stored);
  const problem = {...fault('UnpicklingError', `Memo value not found at index ${key}`), offset: running.offset};
  return machine.push(machine.domain.forgive(problem, running) ?? problem);
}

function remember<T>(machine: Machine<T>, argument: UnpicklerArgument['value'], running: Running) {
  const key = argument === null ? BigInt(machine.memo.size) : integerOf(argument);
  const top = machine.top();
  if (isFault(top)) return top;
  const negative = key < 0n && unlessForgiven(machine, fault('ValueError', 'negative PUT argument'), running);
  if (negative) return negative;
  if (machine.memo.size >= machine.limits.memo)
    return fault('Limit', `the memo holds more than ${machine.limits.memo} objects; raise the limit to read on`);
  machine.memo.set(key, top);
  return undefined;
}

/** The problem, unless the machine goes on in spite of it. */
function unlessForgiven<T>(machine: Machine<T>, problem: PickleFault, running: Running): PickleFault | undefined {
  const here = {...problem, offset: running.offset};
  return machine.domain.forgive(here, running) === undefined ? here : undefined;
}

function call(withKeywords: boolean): Handler {
  return (machine, _, running) => {
    const keywords = withKeywords ? machine.pop() : undefined;
    if (isFault(keywords)) return keywords;
    const parameters = machine.pop();
    if (isFault(parameters)) return parameters;
    const callee = machine.pop();
    if (isFault(callee)) return callee;
    return machine.push(machine.domain.call(callee, parameters, keywords, running));
  };
}

function imported<T>(machine: Machine<T>, argument: UnpicklerArgument['value'], running: Running): T | PickleFault {
  const {module, name} = argument as {module: string; name: string};
  return machine.domain.import(module, name, running);
}

function integerOf(argument: UnpicklerArgument['value']): bigint {
  return argument?.t === 'int' ? argument.v : 0n;
}

function failureOf(outcome: unknown): PickleFault | undefined {
  return isFault(outcome) ? outcome : undefined;
}
