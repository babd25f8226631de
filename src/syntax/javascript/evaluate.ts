import type * as Acorn from 'acorn';
import type { Literal } from '../literal.ts';
import { directoryOf } from '../path-parts.ts';
import type { Source } from '../source.ts';

/** So many entries are kept of one list or map: spread over and over, they double each time. */
const MANY = 1000;

/** Tells the value of an expression, as far as literals and constants show it. */
export interface Evaluator {
  value(node: Acorn.Expression | Acorn.SpreadElement | Acorn.PrivateIdentifier | Acorn.Super): Literal;
}

/** Reads expressions in the scope of the statements at the top of a file. */
export function evaluator(
  source: Source,
  body: readonly (Acorn.Statement | Acorn.ModuleDeclaration)[],
): Evaluator {
  const constants = constantsOf(body, source.text);
  const known = new Map<string, Literal>();

  function place(node: Acorn.Node): { readonly span: Literal['span'] } {
    return { span: { source, start: node.start, end: node.end } };
  }

  function unknown(node: Acorn.Node): Literal {
    return { kind: 'unknown', ...place(node) };
  }

  function value(node: Parameters<Evaluator['value']>[0]): Literal {
    switch (node.type) {
      case 'Literal':
        return typeof node.value === 'object' && node.value !== null
          ? unknown(node)
          : scalar(node, typeof node.value === 'bigint' ? undefined : node.value);
      case 'TemplateLiteral':
        return template(node);
      case 'ObjectExpression':
        return map(node);
      case 'ArrayExpression':
        return list(node);
      case 'Identifier':
        return constant(node);
      case 'MemberExpression':
        return member(node);
      case 'LogicalExpression':
        return choice(node);
      case 'BinaryExpression':
        return node.operator === '+' ? joined(node, [value(node.left), value(node.right)]) : unknown(node);
      case 'CallExpression':
        return call(node);
      case 'ParenthesizedExpression':
        return value(node.expression);
      default:
        return unknown(node);
    }
  }

  function scalar(node: Acorn.Node, of: string | number | boolean | null | undefined): Literal {
    return of === undefined ? unknown(node) : { kind: 'scalar', value: of, ...place(node) };
  }

  function template(node: Acorn.TemplateLiteral): Literal {
    const parts = node.quasis.flatMap((quasi, index): readonly Literal[] => {
      const hole = node.expressions[index];
      return [scalar(quasi, quasi.value.cooked), ...(hole ? [value(hole)] : [])];
    });
    return joined(node, parts);
  }

  function joined(node: Acorn.Node, parts: readonly Literal[]): Literal {
    let whole: string | number | undefined;
    for (const part of parts) {
      if (part.kind !== 'scalar' || part.value === null || typeof part.value === 'boolean')
        return unknown(node);
      if (whole === undefined) whole = part.value;
      else if (typeof whole === 'number' && typeof part.value === 'number') whole += part.value;
      else whole = `${whole}${part.value}`;
      if (typeof whole === 'string' && whole.length > 10_000) return unknown(node);
    }
    const made = scalar(node, node.type === 'TemplateLiteral' ? String(whole ?? '') : whole);
    const filled = parts.flatMap((part) =>
      part.kind === 'scalar' ? (part.parts ?? [{ value: String(part.value), span: part.span }]) : [],
    );
    return { ...made, ...(made.kind === 'scalar' && { parts: filled }) };
  }

  function map(node: Acorn.ObjectExpression): Literal {
    const entries = new Map<string, Literal>();
    let isWhole = true;
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        const spread = value(property.argument);
        if (spread.kind === 'map') for (const [key, each] of spread.entries) entries.set(key, each);
        isWhole &&= spread.kind === 'map' && spread.isWhole;
        continue;
      }
      const key = keyOf(property);
      if (key === undefined || property.kind !== 'init') isWhole = false;
      else entries.set(key, value(property.value));
    }
    return entries.size > MANY ? unknown(node) : { kind: 'map', entries, isWhole, ...place(node) };
  }

  function keyOf({ key, computed }: Acorn.Property): string | undefined {
    if (!computed && key.type === 'Identifier') return key.name;
    const named = value(key);
    return named.kind === 'scalar' ? String(named.value) : undefined;
  }

  function list(node: Acorn.ArrayExpression): Literal {
    const items: Literal[] = [];
    let isWhole = true;
    for (const element of node.elements) {
      if (element?.type !== 'SpreadElement') {
        if (element) items.push(value(element));
        continue;
      }
      const spread = value(element.argument);
      if (spread.kind === 'list') items.push(...spread.items);
      isWhole &&= spread.kind === 'list' && spread.isWhole;
      if (items.length > MANY) return unknown(node);
    }
    return { kind: 'list', items, isWhole, ...place(node) };
  }

  function constant(node: Acorn.Identifier): Literal {
    if (node.name === '__dirname') {
      return scalar(node, directoryOf(source.path));
    }
    const before = known.get(node.name);
    if (before) return before;
    // One that is made of itself is not known.
    known.set(node.name, unknown(node));
    const made = constants.get(node.name);
    const found = made ? value(made) : unknown(node);
    known.set(node.name, found);
    return found;
  }

  function member(node: Acorn.MemberExpression): Literal {
    const object = value(node.object);
    const name =
      !node.computed && node.property.type === 'Identifier'
        ? node.property.name
        : textOf(value(node.property));
    if (object.kind !== 'map' || name === undefined) return unknown(node);
    return object.entries.get(name) ?? unknown(node);
  }

  function textOf(literal: Literal): string | undefined {
    return literal.kind === 'scalar' ? String(literal.value) : undefined;
  }

  /** `process.env.PORT || 3000`: what stands behind it counts where the variable is not set. */
  function choice(node: Acorn.LogicalExpression): Literal {
    const left = value(node.left);
    if (node.operator === '&&') return unknown(node);
    if (left.kind === 'unknown') return { kind: 'fallback', value: value(node.right), ...place(node) };
    if (left.kind === 'fallback') return left;
    return left.kind === 'scalar' && !left.value ? value(node.right) : left;
  }

  /** The few calls that are literals in disguise. */
  function call(node: Acorn.CallExpression): Literal {
    const name = source.text.slice(node.callee.start, node.callee.end);
    const [first, ...others] = node.arguments.map(value);
    if (!first) return unknown(node);
    if (name === 'String' || name === 'Number' || name === 'parseInt') {
      return first.kind === 'scalar' || first.kind === 'fallback' ? first : unknown(node);
    }
    const isPath = /^(?:path\.)?(?:join|resolve)$/.test(name);
    if (isPath && [first, ...others].every(({ kind }) => kind === 'scalar')) {
      return scalar(node, [first, ...others].map(textOf).join('/'));
    }
    return name === 'defineConfig' || name === 'Object.freeze' ? first : unknown(node);
  }

  return { value };
}

/** What is declared at the top of a file and not touched by anything that is run: an assignment, a loop, a function. */
function constantsOf(
  body: readonly (Acorn.Statement | Acorn.ModuleDeclaration)[],
  text: string,
): ReadonlyMap<string, Acorn.Expression> {
  const constants = new Map<string, Acorn.Expression>();
  const touched = new Set<string>();
  for (const statement of body) {
    const written = text.slice(statement.start, statement.end);
    const isDeclared = statement.type === 'VariableDeclaration' && !/=>|\bfunction\b/.test(written);
    const isExported = /^(?:(?:module\.)?exports\b[^=]*=|export\s+default\b)/.test(written);
    if (isDeclared || isExported) continue;
    for (const [name] of written.matchAll(/[A-Za-z_$][\w$]*/g)) touched.add(name);
  }
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier' && init && !touched.has(id.name)) constants.set(id.name, init);
    }
  }
  return constants;
}
