import type { YamlMap, YamlNode, YamlProblem, YamlScalar } from '../syntax/yaml.ts';
import { didYouMean } from '../values/nearest.ts';
import { type Schema, type SchemaType, typeNames, typesOf } from './schema.ts';

/**
 * Judges a YAML tree by a schema. Each problem is one sentence, at its place, with the path of the value:
 * `apps.api.port must be at most 65535`. Goes no deeper than the schema does.
 */
export function validate(
  node: YamlNode,
  schema: Schema,
  path = '',
  seen: Seen = new Map(),
): readonly YamlProblem[] {
  if (isSeen(node, schema, seen)) return [];
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => hasType(node, type))) {
    return [problem(node, path, `must be ${alternatives(types.map((type) => typeNames[type]))}`)];
  }
  if (schema.anyOf) {
    const fitting = schema.anyOf.find((branch) => typesOf(branch).some((type) => hasType(node, type)));
    return fitting ? validate(node, fitting, path, seen) : [];
  }
  switch (node.kind) {
    case 'map':
      return validateMap(node, schema, path, seen);
    case 'list': {
      const { items } = schema;
      if (!items) return refuseUnlisted(node, schema, path);
      return node.items.flatMap((item, index) => validate(item, items, `${path}[${index}]`, seen));
    }
    case 'scalar':
      return validateScalar(node, schema, path);
    default:
      return node satisfies never;
  }
}

/** What was judged already: aliases may stand for the same map a million times. */
type Seen = Map<Schema, Set<YamlNode>>;

function isSeen(node: YamlNode, schema: Schema, seen: Seen): boolean {
  const nodes = seen.get(schema) ?? new Set();
  seen.set(schema, nodes);
  return nodes.size === nodes.add(node).size;
}

function hasType(node: YamlNode, type: SchemaType): boolean {
  switch (type) {
    case 'object':
      return node.kind === 'map';
    case 'array':
      return node.kind === 'list';
    case 'string':
      return node.kind === 'scalar' && typeof node.value === 'string';
    case 'integer':
      return node.kind === 'scalar' && Number.isSafeInteger(node.value);
    case 'number':
      return node.kind === 'scalar' && typeof node.value === 'number';
    default:
      return type satisfies never;
  }
}

function validateMap(node: YamlMap, schema: Schema, path: string, seen: Seen): readonly YamlProblem[] {
  const { properties = {}, additionalProperties, oneOf } = schema;
  const problems: YamlProblem[] = [...refuseUnlisted(node, schema, path)];
  for (const { key, keySpan, value } of node.entries) {
    const keyPath = path === '' ? key : `${path}.${key}`;
    const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (own) for (const each of validate(value, own, keyPath, seen)) problems.push(each);
    else if (own === false) {
      const inside = path === '' ? '' : ` in ${path}`;
      const hint = didYouMean(key, Object.keys(properties));
      problems.push({ span: keySpan, message: `unknown key "${key}"${inside}${hint}` });
    }
  }
  if (oneOf) {
    const keys = oneOf.flatMap(({ required }) => required);
    const given = node.entries.filter(({ key }) => keys.includes(key));
    const [, second] = given;
    if (second)
      problems.push({ span: second.keySpan, message: `${path} takes only one of ${keys.join(' and ')}` });
    if (given.length === 0) problems.push(problem(node, path, `needs ${alternatives(keys)}`));
  }
  return problems;
}

/** A schema that is a list of words fits neither mappings nor lists. */
function refuseUnlisted(node: YamlNode, schema: Schema, path: string): readonly YamlProblem[] {
  return schema.enum ? [problem(node, path, `must be ${alternatives(schema.enum)}`)] : [];
}

function validateScalar(node: YamlScalar, schema: Schema, path: string): readonly YamlProblem[] {
  const { value, text } = node;
  if (schema.enum) {
    if (typeof value === 'string' && schema.enum.includes(value)) return [];
    const hint = didYouMean(text, schema.enum);
    return [problem(node, path, `must be ${alternatives(schema.enum)}, not "${text}"${hint}`)];
  }
  if (typeof value === 'number') {
    const { minimum, maximum } = schema;
    if (minimum !== undefined && value < minimum) return [problem(node, path, `must be at least ${minimum}`)];
    if (maximum !== undefined && value > maximum) return [problem(node, path, `must be at most ${maximum}`)];
  }
  if (schema.minLength !== undefined && text.length < schema.minLength) {
    return [problem(node, path, 'must not be empty')];
  }
  // Numbers too: a version may be written without quotes, and then it is judged as it is written.
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(text)) {
    const like = schema.examples?.[0];
    const hint = like === undefined ? '' : `; write it like ${String(like)}`;
    return [problem(node, path, `cannot be "${text}"${hint}`)];
  }
  return [];
}

function problem({ span }: YamlNode, path: string, message: string): YamlProblem {
  return { span, message: `${path === '' ? 'the file' : path} ${message}` };
}

/** `off, info or error`. */
function alternatives(words: readonly string[]): string {
  const unique = [...new Set(words)];
  const last = unique.pop() ?? '';
  return unique.length === 0 ? last : `${unique.join(', ')} or ${last}`;
}
