import { visible } from '../report/visible.ts';
import { drawingOf } from './drawing.ts';
import type { Graph } from './graph.ts';
import type { Arrow, Box, Look } from './picture.ts';

/** The map as a Mermaid flowchart. https://mermaid.js.org/syntax/flowchart.html */
export function mermaid(graph: Graph): string {
  const { frames, outside, arrows } = drawingOf(graph);
  return `${[
    'flowchart LR',
    ...frames.flatMap(({ id, lines, boxes }) => [
      // Mermaid draws a second line of a title over the boxes.
      `  subgraph ${id}[${label([lines.join(', ')])}]`,
      ...boxes.map((box) => `    ${boxLine(box)}`),
      '  end',
    ]),
    ...outside.map((box) => `  ${boxLine(box)}`),
    ...arrows.map((arrow) => `  ${arrowLine(arrow)}`),
    ...looksOf(frames.flatMap(({ boxes }) => boxes).concat(outside), arrows),
  ].join('\n')}\n`;
}

function boxLine({ id, kind, lines }: Box): string {
  const [open, close] = brackets[kind];
  return `${id}${open}${label(lines)}${close}`;
}

const brackets = {
  server: ['[', ']'],
  choice: ['{{', '}}'],
  listener: ['([', '])'],
  end: ['[', ']'],
} as const satisfies Record<Box['kind'], readonly [string, string]>;

function arrowLine({ from, to, lines }: Arrow): string {
  return lines.length === 0 ? `${from} --> ${to}` : `${from} -->|${label(lines)}| ${to}`;
}

const looks = {
  'at-risk': 'stroke:#b26a00,color:#b26a00',
  broken: 'stroke:#c62828,color:#c62828,stroke-width:2px',
  unknown: 'stroke:#6b7280,color:#6b7280,stroke-dasharray:5 3',
  unused: 'stroke:#9ca3af,color:#9ca3af,stroke-dasharray:2 3',
} as const satisfies Record<Exclude<Look, 'fine'>, string>;

const lookNames = ['broken', 'at-risk', 'unknown', 'unused'] as const;

/** Boxes are painted by class, arrows by their number. */
function looksOf(boxes: readonly Box[], arrows: readonly Arrow[]): readonly string[] {
  return lookNames.flatMap((name) => {
    const ids = boxes.filter(({ look }) => look === name).map(({ id }) => id);
    const numbers = arrows.flatMap(({ look }, at) => (look === name ? [at] : []));
    return [
      ...(ids.length > 0 ? [`  classDef ${name} ${looks[name]}`, `  class ${ids.join(',')} ${name}`] : []),
      ...(numbers.length > 0 ? [`  linkStyle ${numbers.join(',')} ${looks[name]}`] : []),
    ];
  });
}

/**
 * A quoted text. What could end it or begin Markdown or a directive is written by its number, as Mermaid has it:
 * https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
function label(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    visible(line)
      .replace(taken, `$&${joiner}`)
      .replace(
        /[^\w ./,:()=!\u0080-\u{10ffff}-]|[_\u2060]/gu,
        (character) => `#${character.codePointAt(0)};`,
      ),
  );
  return `"${escaped.join('<br>')}"`;
}

/** Mermaid takes these for a line break, a formula and an icon even where they are written by their numbers. */
const taken = /\\(?=n)|\$(?=\$)|fa[bklrs]?:(?=fa-)/g;

/** Cannot be seen, and keeps apart what stands on its sides: U+2060, which `visible` leaves in no text. */
const joiner = '\u2060';
