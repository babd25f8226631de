import { visible } from '../report/visible.ts';
import { drawingOf } from './drawing.ts';
import type { Graph } from './graph.ts';
import type { Arrow, Box, Frame, Look } from './picture.ts';

/** The map in Graphviz' language. https://graphviz.org/doc/info/lang.html */
export function dot(graph: Graph): string {
  const { frames, outside, arrows } = drawingOf(graph);
  return `${[
    'digraph no502 {',
    '  rankdir=LR',
    '  graph [fontname="sans-serif"]',
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11]',
    '  edge [fontname="sans-serif", fontsize=9]',
    ...frames.flatMap(frameLines),
    ...outside.map((box) => `  ${boxLine(box)}`),
    ...arrows.map((arrow) => `  ${arrowLine(arrow)}`),
    '}',
  ].join('\n')}\n`;
}

function frameLines({ id, lines, boxes }: Frame): readonly string[] {
  return [
    `  subgraph cluster_${id} {`,
    `    label=${label(lines)}`,
    '    color="#9ca3af"',
    ...boxes.map((box) => `    ${boxLine(box)}`),
    '  }',
  ];
}

function boxLine({ id, kind, lines, look }: Box): string {
  return `${id} [label=${label(lines)}${shapes[kind]}${looks[look]}]`;
}

function arrowLine({ from, to, lines, look }: Arrow): string {
  return `${from} -> ${to} [label=${label(lines)}${looks[look]}]`;
}

const shapes = {
  server: '',
  choice: ', shape=hexagon, style=solid',
  listener: ', shape=ellipse, style=solid',
  end: ', style=solid',
} as const satisfies Record<Box['kind'], string>;

const looks = {
  fine: '',
  'at-risk': ', color="#b26a00", fontcolor="#b26a00"',
  broken: ', color="#c62828", fontcolor="#c62828", penwidth=2',
  unknown: ', color="#6b7280", fontcolor="#6b7280", style=dashed',
  unused: ', color="#9ca3af", fontcolor="#9ca3af", style=dotted',
} as const satisfies Record<Look, string>;

/** A quoted string: `\` begins an escape of labels in it, and `&` a character by its name. */
function label(lines: readonly string[]): string {
  const escaped = lines.map((line) => visible(line).replace(/[\\"]/g, '\\$&').replaceAll('&', '&amp;'));
  return `"${escaped.join('\\n')}"`;
}
