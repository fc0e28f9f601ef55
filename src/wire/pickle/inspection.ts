import type {Constant} from './argument.ts';
import type {PickleFault} from './fault.ts';
import type {ContainerType, Domain, Running} from './machine.ts';
import type {OpcodeName} from './opcodes.ts';
import {modernModule, standardCall, standardConstructors} from './standard.ts';
import {containerSymbol, growSymbol, type PickleSymbol, short, symbolOf, unknownSymbol} from './symbol.ts';

/** A class or function that the pickle makes the unpickler find. */
export interface PickleImport {
  /** Which pickle of the stream, from 0. */
  readonly pickle: number;
  readonly offset: number;
  readonly opcode: OpcodeName;
  /** As written; `?` when it could not be found out. For an extension it is the number's registry. */
  readonly module: string;
  readonly name: string;
  /** Whether it is one of the standard constructors. */
  readonly standard: boolean;
}

/** Something that the pickle makes the unpickler call. */
export interface PickleCall {
  readonly pickle: number;
  readonly offset: number;
  readonly opcode: OpcodeName;
  /** What is called, in Python, cut short. */
  readonly callee: string;
  /** With what. */
  readonly parameters: string;
  /** Whether it is one of the standard constructors, or gives its state to what one has made. */
  readonly standard: boolean;
}

export interface PickleRemark {
  readonly pickle: number;
  readonly offset: number;
  readonly sentence: string;
}

/** The machine's objects as symbols, and a record of what it was asked to import and to call. */
export class Inspection implements Domain<PickleSymbol> {
  readonly imports: PickleImport[] = [];
  readonly calls: PickleCall[] = [];
  readonly remarks: PickleRemark[] = [];
  /** Found and not listed. */
  leftOut = 0;
  importing = false;
  dangerous = false;
  /** The first problem that CPython's unpickler would have stopped at. */
  forgiven: PickleFault | undefined;
  readonly #most: number;
  #pickle = 0;
  #protocols = 0;

  constructor(most: number) {
    this.#most = most;
  }

  begin(pickle: number): void {
    this.#pickle = pickle;
    this.#protocols = 0;
  }

  end(offset: number, left: number, marks: number): void {
    if (left === 1) this.remark(offset, '1 object is left on the stack: it was made and is not used.');
    if (left > 1) this.remark(offset, `${left} objects are left on the stack: they were made and are not used.`);
    if (marks > 0) this.remark(offset, marks === 1 ? '1 mark is left open.' : `${marks} marks are left open.`);
  }

  constant(value: Constant): PickleSymbol {
    return symbolOf(value);
  }

  container(type: ContainerType, items: readonly PickleSymbol[]): PickleSymbol {
    return containerSymbol(type, items);
  }

  extend(how: string, target: PickleSymbol, items: readonly PickleSymbol[], running: Running): undefined {
    if (target.kind === 'container') growSymbol(target, items);
    // Plain containers take their items by themselves; any other object is asked to, by a method of its own.
    if (target.kind === 'container' || target.kind === 'text' || target.kind === 'data') return undefined;
    const method = {append: 'extend', set: '__setitem__', add: 'add'}[how] ?? how;
    const standard = target.kind === 'result' && target.standard;
    this.#call(running, `${target.text}.${method}`, short(items.map(item => item.text).join(', ')), standard);
    return undefined;
  }

  import(module: PickleSymbol | string, name: PickleSymbol | string, running: Running): PickleSymbol {
    const [home, attribute] = [textIn(module), textIn(name)];
    if (home === undefined || attribute === undefined) {
      this.remark(
        running.offset,
        'What it imports is no text that is known. CPython refuses that; other readers may not.',
      );
      this.#import(running, home ?? '?', attribute ?? '?', false);
      return unknownSymbol('import');
    }
    const path = `${modernModule(home, running.protocol)}.${attribute}`;
    const standard = standardConstructors.has(path);
    this.#import(running, home, attribute, standard);
    return {kind: 'import', text: short(`${home}.${attribute}`), standard, path};
  }

  extension(code: bigint, running: Running): PickleSymbol {
    this.#import(running, 'extension', String(code), false);
    return {kind: 'result', text: `<extension ${code}>`, standard: false};
  }

  persistent(id: PickleSymbol, running: Running): PickleSymbol {
    this.#call(running, 'persistent_load', id.text, false);
    return {kind: 'result', text: `<persistent ${id.text}>`, standard: false};
  }

  call(
    callee: PickleSymbol,
    parameters: PickleSymbol,
    keywords: PickleSymbol | undefined,
    running: Running,
  ): PickleSymbol {
    const standard = callee.kind === 'import' && callee.standard && standardCall(callee.path, parameters);
    const shown = keywords === undefined ? parameters.text : `${parameters.text}, **${keywords.text}`;
    return this.#call(running, callee.text, short(shown), standard);
  }

  instantiate(callee: PickleSymbol, parameters: readonly PickleSymbol[], running: Running): PickleSymbol {
    return this.call(callee, containerSymbol('tuple', parameters), undefined, running);
  }

  build(target: PickleSymbol, state: PickleSymbol, running: Running): undefined {
    // The state of a class or function is its own: setting it changes it for the whole program.
    const standard = target.kind === 'result' && target.standard;
    this.#call(running, `${target.text}.__setstate__`, state.text, standard);
    return undefined;
  }

  buffer({offset}: Running): PickleSymbol {
    this.remark(offset, 'It takes a buffer that travels outside the pickle: its bytes are not here.');
    return {kind: 'data', text: '<buffer>'};
  }

  readonly(target: PickleSymbol): PickleSymbol {
    return target;
  }

  forgive(problem: PickleFault, running: Running): PickleSymbol {
    this.forgiven ??= problem;
    this.remark(running.offset, `CPython stops here: ${short(problem.message)}`);
    const name = running.opcode.name;
    if (name === 'GLOBAL' || name === 'INST') this.#import(running, '?', '?', false);
    if (name === 'INST' || name === 'PERSID') return this.#call(running, '?', '?', false);
    return unknownSymbol(name);
  }

  remark(offset: number, sentence: string): void {
    this.#keep(this.remarks, {pickle: this.#pickle, offset, sentence});
  }

  /** A second PROTO is nothing that a pickler writes. */
  protocol({offset}: Running): void {
    this.#protocols += 1;
    if (this.#protocols > 1) this.remark(offset, 'The protocol is named a second time: no pickler writes that.');
  }

  #import({offset, opcode}: Running, module: string, name: string, standard: boolean): void {
    this.importing = true;
    this.dangerous ||= !standard;
    this.#keep(this.imports, {pickle: this.#pickle, offset, opcode: opcode.name, module, name, standard});
  }

  #call({offset, opcode}: Running, callee: string, parameters: string, standard: boolean): PickleSymbol {
    this.dangerous ||= !standard;
    this.#keep(this.calls, {pickle: this.#pickle, offset, opcode: opcode.name, callee, parameters, standard});
    const text = short(`${callee}${parameters.startsWith('(') ? parameters : `(${parameters})`}`);
    return {kind: 'result', text, standard};
  }

  #keep<E>(list: E[], event: E): void {
    if (list.length < this.#most) list.push(event);
    else this.leftOut += 1;
  }
}

function textIn(value: PickleSymbol | string): string | undefined {
  if (typeof value === 'string') return value;
  return value.kind === 'text' ? value.value : undefined;
}
