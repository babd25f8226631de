import type { ComposeNode } from '../../syntax/compose/node.ts';
import { type Layer, layerOf, pile } from './layers.ts';

/** The sections of a compose file that name things. */
const SECTIONS = ['services', 'networks', 'volumes', 'configs', 'secrets'] as const;

/** One of them. */
export type Section = (typeof SECTIONS)[number];

/** Everything that files name, with what each file says of it. */
export type Resources = Readonly<Record<Section, Map<string, Layer[]>>>;

/** Nothing named yet. */
export function noResources(): Resources {
  return {
    services: new Map(),
    networks: new Map(),
    volumes: new Map(),
    configs: new Map(),
    secrets: new Map(),
  };
}

/** What one file names. */
export function resourcesOf(root: ComposeNode, directory: string): Resources {
  const resources = noResources();
  for (const section of SECTIONS) {
    const { value } = (root.kind === 'map' && root.entries.find(({ key }) => key === section)) || {};
    if (value?.kind !== 'map') continue;
    for (const entry of value.entries) {
      if (!entry.key.startsWith('x-')) resources[section].set(entry.key, [layerOf(entry, directory)]);
    }
  }
  return resources;
}

/** Lays what another file says over what is there. */
export function layOver(below: Resources, above: Resources): void {
  for (const section of SECTIONS) {
    for (const [name, layers] of above[section]) {
      const piled = layers.reduce(pile, below[section].get(name) ?? []);
      if (piled.length > 0) below[section].set(name, piled);
      else below[section].delete(name);
    }
  }
}

/** Adds what an included file names. Returns the first of what both name, which compose refuses. */
export function addIncluded(to: Resources, included: Resources): string | undefined {
  let conflict: string | undefined;
  for (const section of SECTIONS) {
    for (const [name, layers] of included[section]) {
      const own = to[section].get(name);
      if (!own) to[section].set(name, layers);
      else if (!isSame(own, layers)) conflict ??= `${section}.${name}`;
    }
  }
  return conflict;
}

/** Two files may include the same third one, and a `default` network may be named twice. */
function isSame(one: readonly Layer[], other: readonly Layer[]): boolean {
  if (one.length !== other.length) return false;
  return one.every(({ node: { span } }, index) => {
    const at = other[index]?.node.span;
    if (!at) return false;
    const isSamePlace = at.source.path === span.source.path && at.start === span.start;
    return isSamePlace || textOf(span) === textOf(at);
  });
}

function textOf({ source, start, end }: Layer['at']): string {
  return source.text.slice(start, end);
}
