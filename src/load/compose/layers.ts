import type { ComposeEntry, ComposeNode } from '../../syntax/compose/node.ts';
import type { Span } from '../../syntax/source.ts';

/** What one file says of something: the value, and to which directory its relative paths belong. */
export interface Layer {
  readonly node: ComposeNode;
  /** Where the thing is named: the span of its key; of the value in a list. */
  readonly at: Span;
  /** Absolute. */
  readonly directory: string;
}

/**
 * What all files say of one thing, from the weakest to the strongest: bases of `extends`, the file itself, its overrides. Each reader
 * decides how to merge, because compose does: the last scalar counts, maps are joined by key, lists are appended.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/13-merge.md
 */
export type Layers = readonly Layer[];

/** What the files say below a key, `!reset` and `!override` applied. Empty where none has the key. */
export function under(layers: Layers, key: string): Layers {
  let found: Layer[] = [];
  for (const layer of layers) {
    const { node, directory } = layer;
    if (node.kind !== 'map') continue;
    const entry = node.entries.find((each) => each.key === key);
    if (entry) found = pile(found, layerOf(entry, directory));
  }
  return found;
}

/** Lays one more value over those of the files before. */
export function pile(below: readonly Layer[], layer: Layer): Layer[] {
  const { node } = layer;
  if (node.tag === 'reset') return [];
  if (node.tag === 'override') return [layer];
  const isEmpty = node.kind === 'scalar' && node.isNull;
  return isEmpty && below.length > 0 ? [...below] : [...below, layer];
}

/** The layer that one key of a mapping makes. */
export function layerOf(entry: ComposeEntry, directory: string): Layer {
  return { node: entry.value, at: entry.keySpan, directory };
}

/**
 * What the files say below each key that any of them gives, in the order of first mention; those are left out that `!reset` takes away, and
 * extensions.
 */
export function allUnder(layers: Layers): ReadonlyMap<string, Layers> {
  const keys = new Map<string, readonly Layer[]>();
  for (const { node, directory } of layers) {
    if (node.kind !== 'map') continue;
    for (const entry of node.entries) {
      if (entry.key.startsWith('x-')) continue;
      keys.set(entry.key, pile(keys.get(entry.key) ?? [], layerOf(entry, directory)));
    }
  }
  for (const [key, piled] of keys) if (piled.length === 0) keys.delete(key);
  return keys;
}

/** The layer that counts where values replace each other. */
export function last(layers: Layers): Layer | undefined {
  return layers.at(-1);
}

/** All items of the lists of all files, in order. A lone value is a list of one, as compose reads most lists. */
export function itemsOf(layers: Layers): Layers {
  return layers.flatMap(({ node, at, directory }) => {
    if (node.kind === 'list') return node.items.map((item) => ({ node: item, at: item.span, directory }));
    return node.kind === 'scalar' && !node.isNull ? [{ node, at, directory }] : [];
  });
}
