import { dot } from './dot.ts';
import type { Graph } from './graph.ts';
import { json } from './json.ts';
import { mermaid } from './mermaid.ts';
import { type TreeStyle, tree } from './tree.ts';

/** What a map can be printed as. */
export const mapFormatNames = ['tree', 'mermaid', 'dot', 'json'] as const;

/** One of them. */
export type MapFormat = (typeof mapFormatNames)[number];

/** The printers of a map, by name. Pure: they print nothing and decide nothing. */
export const mapFormats: Readonly<Record<MapFormat, (graph: Graph, style: TreeStyle) => string>> = {
  tree,
  mermaid,
  dot,
  json,
};
