type Schema = {readonly [key: string]: unknown};

/**
 * What is wrong with a value, by the part of JSON Schema that Wirebook's own schemas use; `undefined` when nothing is.
 * `root` resolves `#/$defs/…`.
 */
export function misfit(value: unknown, schema: Schema, root: Schema, at = '$'): string | undefined {
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].replace('#/$defs/', '');
    const target = (root['$defs'] as Record<string, Schema>)[name];
    return target === undefined ? `${at}: no definition ${name}` : misfit(value, target, root, at);
  }
  if ('const' in schema && schema['const'] !== value) return `${at} is not ${JSON.stringify(schema['const'])}`;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return `${at} is none of ${schema['enum']}`;
  if (Array.isArray(schema['anyOf'])) {
    const wrong = schema['anyOf'].map(option => misfit(value, option as Schema, root, at));
    return wrong.includes(undefined) ? undefined : `${at} fits none: ${wrong.join('; ')}`;
  }
  const types = schema['type'] === undefined ? [] : [schema['type']].flat();
  if (types.length > 0 && !types.some(type => isA(value, String(type)))) return `${at} is no ${types.join(' or ')}`;
  if (typeof schema['pattern'] === 'string' && typeof value === 'string' && !new RegExp(schema['pattern']).test(value))
    return `${at} does not match ${schema['pattern']}`;
  if (typeof schema['minimum'] === 'number' && typeof value === 'number' && value < schema['minimum'])
    return `${at} is below ${schema['minimum']}`;
  return inside(value, schema, root, at);
}

function inside(value: unknown, schema: Schema, root: Schema, at: string): string | undefined {
  if (Array.isArray(value) && schema['items'] !== undefined)
    for (const [index, item] of value.entries()) {
      const wrong = misfit(item, schema['items'] as Schema, root, `${at}[${index}]`);
      if (wrong !== undefined) return wrong;
    }
  if (typeof value !== 'object' || value === null || schema['properties'] === undefined) return undefined;
  for (const name of (schema['required'] ?? []) as string[]) if (!(name in value)) return `${at}.${name} is missing`;
  for (const [name, held] of Object.entries(value)) {
    const declared = (schema['properties'] as Record<string, Schema>)[name];
    if (declared === undefined) return `${at}.${name} is not declared`;
    const wrong = misfit(held, declared, root, `${at}.${name}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function isA(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
