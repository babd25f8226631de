import type { Literal } from './literal.ts';
import type { YamlNode } from './yaml.ts';

/** How deep a file is looked into: aliases make trees that never end. */
const DEEPEST = 12;

/** A value of a YAML file. */
export function literalOf(node: YamlNode, depth = 0): Literal {
  const { span } = node;
  if (depth > DEEPEST) return { kind: 'unknown', span };
  switch (node.kind) {
    case 'scalar':
      return { kind: 'scalar', value: node.value, span };
    case 'list':
      return {
        kind: 'list',
        items: node.items.map((item) => literalOf(item, depth + 1)),
        isWhole: true,
        span,
      };
    case 'map':
      return {
        kind: 'map',
        entries: new Map(node.entries.map(({ key, value }) => [key, literalOf(value, depth + 1)])),
        isWhole: true,
        span,
      };
    default:
      return node satisfies never;
  }
}
