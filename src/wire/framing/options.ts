import {grouped} from '../text/counted.ts';
import {parseEscapes} from '../text/parse-escapes.ts';

/** What a framing asks for: enough to make a form's line, a flag, its help and its schema. */
export type OptionSpec = IntegerOption | FlagOption | ChoiceOption | BytesOption;

interface Words {
  readonly label: string;
  readonly hint: string;
}
export interface IntegerOption extends Words {
  readonly type: 'integer';
  readonly default: number;
  readonly from: number;
  readonly to: number;
  readonly unit?: string;
}
export interface FlagOption extends Words {
  readonly type: 'flag';
  readonly default: boolean;
}
export interface ChoiceOption<C extends string = string> extends Words {
  readonly type: 'choice';
  readonly default: C;
  readonly options: readonly C[];
}
/** Bytes, written as text with escapes: `\r\n`, `\x00`. `from` and `to` bound how many. */
export interface BytesOption extends Words {
  readonly type: 'bytes';
  readonly default: string;
  readonly from: number;
  readonly to: number;
}

export type OptionSpecs = {readonly [name: string]: OptionSpec};
export type OptionValue = number | boolean | string | Uint8Array;

/** The value an option has once resolved. */
type ValueOf<S extends OptionSpec> = S extends IntegerOption
  ? number
  : S extends FlagOption
    ? boolean
    : S extends ChoiceOption<infer C>
      ? C
      : Uint8Array;
export type OptionsOf<S extends OptionSpecs> = {readonly [K in keyof S]: ValueOf<S[K]>};

export const integer = (spec: Omit<IntegerOption, 'type'>): IntegerOption => ({type: 'integer', ...spec});
export const flag = (spec: Omit<FlagOption, 'type'>): FlagOption => ({type: 'flag', ...spec});
export const choice = <const C extends string>(spec: Omit<ChoiceOption<C>, 'type'>): ChoiceOption<C> => ({
  type: 'choice',
  ...spec,
});
export const bytes = (spec: Omit<BytesOption, 'type'>): BytesOption => ({type: 'bytes', ...spec});

/** The limit every framing has: it is held against what a header declares, before a byte of it is kept. */
export function maximum(value: number, what = 'one frame'): IntegerOption {
  return integer({
    label: 'Maximum',
    hint: `bytes ${what} may have; more is malformed, before anything is kept`,
    default: value,
    from: 0,
    to: 2 ** 48,
    unit: 'bytes',
  });
}

export interface OptionProblem {
  readonly kind: 'option-problem';
  readonly option: string;
  readonly says: string;
  readonly next: string;
}

/** Fills in defaults and checks every value; bytes may be given as typed text. */
export function resolveOptions<S extends OptionSpecs>(
  specs: S,
  given: {readonly [name: string]: OptionValue | undefined},
): {readonly kind: 'options'; readonly values: OptionsOf<S>} | OptionProblem {
  const unknown = Object.keys(given).find(name => !Object.hasOwn(specs, name));
  if (unknown !== undefined) {
    const names = Object.keys(specs).join(', ');
    return problem(unknown, 'There is no such option.', names === '' ? 'Leave it out.' : `Use one of ${names}.`);
  }
  const values: Record<string, OptionValue> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = resolve(name, spec, given[name] ?? spec.default);
    if (typeof value === 'object' && 'kind' in value) return value;
    values[name] = value;
  }
  // Each value was made from the specification of the same name just above; the type says the same, name by name.
  return {kind: 'options', values: values as OptionsOf<S>};
}

function resolve(name: string, spec: OptionSpec, value: OptionValue): OptionValue | OptionProblem {
  switch (spec.type) {
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) && value >= spec.from && value <= spec.to
        ? value
        : problem(
            name,
            `${spec.label} is not a whole number that fits.`,
            `Give one from ${grouped(spec.from)} to ${grouped(spec.to)}.`,
          );
    case 'flag':
      return typeof value === 'boolean'
        ? value
        : problem(name, `${spec.label} is neither true nor false.`, 'Give one of the two.');
    case 'choice':
      return typeof value === 'string' && spec.options.includes(value)
        ? value
        : problem(name, `${spec.label} has no such choice.`, `Choose one of ${spec.options.join(', ')}.`);
    case 'bytes':
      return bytesValue(name, spec, value);
  }
}

function bytesValue(name: string, spec: BytesOption, value: OptionValue): OptionValue | OptionProblem {
  if (typeof value !== 'string' && !(value instanceof Uint8Array))
    return problem(name, `${spec.label} is not bytes.`, 'Give bytes, or text with escapes such as \\r\\n.');
  const typed = typeof value === 'string' ? parseEscapes(value) : ({kind: 'bytes', bytes: value} as const);
  if (typed.kind === 'error') return problem(name, `${spec.label} cannot be read.`, typed.sentence);
  const {length} = typed.bytes;
  if (length >= spec.from && length <= spec.to) return typed.bytes;
  return problem(name, `${spec.label} has ${length} bytes.`, `Give ${spec.from} to ${spec.to} of them.`);
}

function problem(option: string, says: string, next: string): OptionProblem {
  return {kind: 'option-problem', option, says, next};
}
