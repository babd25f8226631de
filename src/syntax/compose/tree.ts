import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../yaml.ts';
import { type Given, known, unknown } from './given.ts';
import { interpolate, type Lookup } from './interpolate.ts';
import type { ComposeEntry, ComposeMap, ComposeNode, ComposeTag } from './node.ts';

/** How many keys merge keys may bring in, all in all. Real files have hundreds; a file made to explode has no bound. */
const MAX_MERGED = 50_000;

/** A tree as compose sees it. */
export interface ComposeTree {
  readonly root: ComposeNode;
  /** True where merge keys brought in more than is read. */
  readonly isTruncated: boolean;
}

/**
 * Expands merge keys and fills in the variables of every value. Nodes that aliases share stay shared, so the result is no larger than
 * the file, however often it names an anchor.
 *
 * https://yaml.org/type/merge.html
 */
export function composeTree(root: YamlNode, lookup: Lookup): ComposeTree {
  const converted = new Map<YamlNode, ComposeNode>();
  let merged = 0;

  function convert(node: YamlNode): ComposeNode {
    const before = converted.get(node);
    if (before) return before;
    const made = convertNew(node);
    converted.set(node, made);
    return made;
  }

  function convertNew(node: YamlNode): ComposeNode {
    const tag = tagOf(node);
    switch (node.kind) {
      case 'scalar':
        return { kind: 'scalar', span: node.span, isNull: node.value === null, text: textOf(node), ...tag };
      case 'list':
        return { kind: 'list', span: node.span, items: node.items.map(convert), ...tag };
      case 'map':
        return { kind: 'map', span: node.span, entries: entriesOf(node), ...tag };
      default:
        return node satisfies never;
    }
  }

  function entriesOf(node: YamlMap): readonly ComposeEntry[] {
    const entries = new Map<string, ComposeEntry>();
    for (const { key, keySpan, value } of node.entries) {
      if (key !== '<<') entries.set(key, { key, keySpan, value: convert(value) });
    }
    // A key of the map itself counts before one that is merged in, and an earlier map before a later one.
    for (const entry of node.entries.filter(({ key }) => key === '<<')) {
      for (const map of mergedMaps(entry)) {
        for (const from of map.entries) {
          if (entries.has(from.key)) continue;
          if (++merged > MAX_MERGED) break;
          entries.set(from.key, from);
        }
      }
    }
    return [...entries.values()];
  }

  function mergedMaps({ value }: YamlEntry): readonly ComposeMap[] {
    const nodes = value.kind === 'list' ? value.items : [value];
    return nodes.map(convert).filter((node) => node.kind === 'map');
  }

  function textOf({ text, span }: YamlScalar): Given<string> {
    const result = interpolate(text, lookup);
    return result.kind === 'known' ? known(result.value, span) : unknown(result.why, span, result.text);
  }

  return { root: convert(root), isTruncated: merged > MAX_MERGED };
}

function tagOf(node: YamlNode): { readonly tag?: ComposeTag } {
  if (node.tag === '!reset') return { tag: 'reset' };
  return node.tag === '!override' ? { tag: 'override' } : {};
}
