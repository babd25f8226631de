import { count } from '../report/count.ts';
import type { Paint } from '../report/paint.ts';
import { textWidth } from '../report/width.ts';
import type { Graph } from './graph.ts';
import { type Mark, paintMark, signs } from './marks.ts';

const endings = {
  broken: 'broken',
  'at-risk': 'at risk',
  unknown: 'unknown',
  unused: 'without requests',
} as const satisfies Record<Mark, string>;

/** How many passes fare how, which also explains the signs: `5 passes: 3 reach their listener, ✗ 1 broken, ? 1 unknown`. */
export function legend({ passes }: Graph, columns: number, paint: Paint): readonly string[] {
  const all = Object.values(passes).reduce((sum, number) => sum + number, 0);
  const { fine } = passes;
  const marks = (['broken', 'at-risk', 'unknown', 'unused'] as const).filter((mark) => passes[mark] > 0);
  const parts = [
    { text: count(all, 'pass', 'passes'), look: paint.strong },
    ...(fine > 0
      ? [{ text: `${fine} ${fine === 1 ? 'reaches its' : 'reach their'} listener`, look: paint.good }]
      : []),
    ...marks.map((mark) => ({
      text: `${signs[mark]} ${passes[mark]} ${endings[mark]}`,
      look: paintMark(mark, paint),
    })),
  ];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  parts.forEach(({ text, look }, at) => {
    const gap = at === 0 ? '' : at === 1 ? ': ' : ', ';
    const width = textWidth(text) + 2;
    if (used + width > columns) {
      lines.push(line + gap.trimEnd());
      line = `  ${look(text)}`;
      used = width;
    } else {
      line += gap + look(text);
      used += gap.length + textWidth(text);
    }
  });
  return [...lines, line];
}
