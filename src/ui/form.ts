import type {AnyExperiment} from '../chapters/contract.ts';
import type {Field, Fields} from '../chapters/fields.ts';
import {type Edit, edit, insert, press} from './edit.ts';

/** A form being filled: what is typed in each field, the field the caret is in, and what is wrong with it. */
export interface FormState {
  readonly fields: Fields;
  readonly names: readonly string[];
  readonly typed: Readonly<Record<string, Edit>>;
  readonly index: number;
  readonly wrong: Readonly<Record<string, string>>;
  /** Fields whose text is a suggestion nobody has touched yet: the first thing typed takes its place. */
  readonly suggested: readonly string[];
}

export function newForm(fields: Fields, values: Readonly<Record<string, unknown>> = {}): FormState {
  const names = Object.keys(fields);
  const typed = names.map(name => {
    const field = fields[name]!;
    return [name, edit(field.show(name in values ? values[name] : field.default))];
  });
  return {fields, names, typed: Object.fromEntries(typed), index: 0, wrong: {}, suggested: []};
}

/** The form of a question asked in between: what it proposes is replaced by typing, and kept by Enter. */
export function suggestingForm(fields: Fields, values?: Readonly<Record<string, unknown>>): FormState {
  const form = newForm(fields, values);
  return {...form, suggested: form.names};
}

export function formOf(experiment: AnyExperiment, values?: Readonly<Record<string, unknown>>): FormState {
  return newForm(experiment.fields, values);
}

/** The field the caret is in. */
export function currentField(form: FormState): {readonly name: string; readonly field: Field<unknown>} | undefined {
  const name = form.names[form.index];
  return name === undefined ? undefined : {name, field: form.fields[name]!};
}

/** What a key does to the form; `undefined` when it is not the form's. */
export function pressForm(form: FormState, key: string, text: string | undefined): FormState | undefined {
  if (key === 'down' || key === 'tab') return move(form, 1);
  if (key === 'up' || key === 'shift+tab') return move(form, -1);
  const current = currentField(form);
  if (current === undefined) return undefined;
  const {name, field} = current;
  if (field.options !== undefined) return pick(form, name, field, key);
  const line = form.typed[name]!;
  const cleared = form.suggested.includes(name) && (text !== undefined || key === 'backspace');
  const changed = cleared
    ? edit(text ?? '')
    : (press(line, key) ?? (text === undefined ? undefined : insert(line, text)));
  return changed === undefined ? undefined : withTyped(form, name, changed);
}

/** The values of all fields, or the form with the complaint about each field that cannot be read. */
export function readForm(
  form: FormState,
): {readonly ask: Readonly<Record<string, unknown>>} | {readonly form: FormState} {
  const ask: Record<string, unknown> = {};
  const wrong: Record<string, string> = {};
  for (const name of form.names) {
    const read = form.fields[name]!.read(form.typed[name]!.text);
    if (read.ok) ask[name] = read.value;
    else {
      const says = `${read.says.replace(/\.$/, '')}.`;
      wrong[name] = read.next === undefined ? says : `${says} ${read.next}`;
    }
  }
  const first = form.names.findIndex(name => wrong[name] !== undefined);
  return first < 0 ? {ask} : {form: {...form, wrong, index: first}};
}

/** Shows values that an action changed, except in the field that is being typed. */
export function settleForm(form: FormState, values: Readonly<Record<string, unknown>>, typing: boolean): FormState {
  const current = form.names[form.index];
  let settled = form;
  for (const [name, value] of Object.entries(values)) {
    const shown = form.fields[name]?.show(value);
    if (shown === undefined || (typing && name === current) || form.typed[name]?.text === shown) continue;
    settled = withTyped(settled, name, edit(shown));
  }
  return settled;
}

/** Sets what stands in a field, as typing it would. */
export function setTyped(form: FormState, name: string, text: string): FormState {
  return withTyped(form, name, edit(text));
}

export function moveTo(form: FormState, index: number): FormState {
  return {...form, index: Math.max(0, Math.min(form.names.length - 1, index))};
}

function move(form: FormState, by: number): FormState {
  return {...form, index: (form.index + by + form.names.length) % Math.max(1, form.names.length)};
}

function pick(form: FormState, name: string, field: Field<unknown>, key: string): FormState | undefined {
  const options = field.options ?? [];
  const at = options.indexOf(form.typed[name]!.text);
  const step = key === 'right' || key === 'space' ? 1 : key === 'left' ? -1 : 0;
  if (step !== 0) return withTyped(form, name, edit(options[(at + step + options.length) % options.length]!));
  // A letter goes to the next option that starts with it.
  const after = [...options.slice(at + 1), ...options.slice(0, at + 1)];
  const found = key.length === 1 ? after.find(option => option.startsWith(key)) : undefined;
  return found === undefined ? undefined : withTyped(form, name, edit(found));
}

function withTyped(form: FormState, name: string, line: Edit): FormState {
  const {[name]: _mended, ...wrong} = form.wrong;
  const suggested = form.suggested.filter(other => other !== name);
  return {...form, typed: {...form.typed, [name]: line}, wrong, suggested};
}
