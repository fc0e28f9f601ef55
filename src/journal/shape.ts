/**
 * The shape of a value, said once: as a TypeScript type and as JSON Schema (2020-12). Events declare their fields
 * with it, so the published schema and the compiler read the same line.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** Never present at run time: carries the type. */
  readonly type?: T;
  readonly optional?: boolean;
}

export type JsonSchema = {readonly [key: string]: unknown};

export type Shapes = {readonly [field: string]: Shape<unknown>};

type OptionalKeys<S extends Shapes> = {[K in keyof S]: S[K] extends {optional: true} ? K : never}[keyof S];

/** The value that has this shape: optional fields may be absent. */
export type Shaped<S extends Shapes> = {
  readonly [K in Exclude<keyof S, OptionalKeys<S>>]: S[K] extends Shape<infer T> ? T : never;
} & {readonly [K in OptionalKeys<S>]?: S[K] extends Shape<infer T> ? T | undefined : never};

export const text: Shape<string> = {schema: {type: 'string'}};
export const integer: Shape<number> = {schema: {type: 'integer'}};
export const number: Shape<number> = {schema: {type: 'number'}};
export const flag: Shape<boolean> = {schema: {type: 'boolean'}};

/** Any JSON value. For what has a shape of its own elsewhere, such as the arguments of a call. */
export const json: Shape<unknown> = {schema: {}};

export function choice<const T extends readonly string[]>(...options: T): Shape<T[number]> {
  return {schema: {enum: options}};
}

export function list<T>(of: Shape<T>): Shape<readonly T[]> {
  return {schema: {type: 'array', items: of.schema}};
}

export function record<S extends Shapes>(fields: S): Shape<Shaped<S>> {
  return {schema: objectSchema(fields)};
}

export function optional<T>(of: Shape<T>): Shape<T> & {readonly optional: true} {
  return {schema: of.schema, optional: true};
}

/** The same shape with a sentence on what the value means, for the published schema. */
export function described<S extends Shape<unknown>>(shape: S, description: string): S {
  return {...shape, schema: {...shape.schema, description}};
}

/** The JSON Schema of an object with these fields. */
export function objectSchema(fields: Shapes): JsonSchema {
  const required = Object.entries(fields)
    .filter(([, shape]) => shape.optional !== true)
    .map(([name]) => name);
  const properties = Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, shape.schema]));
  return {type: 'object', properties, ...(required.length > 0 && {required})};
}
