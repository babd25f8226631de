import type { Paint } from '../report/paint.ts';
import { visible } from '../report/visible.ts';
import { textWidth } from '../report/width.ts';
import { wrap } from '../report/wrap.ts';
import { type Mark, paintMark, signs } from './marks.ts';

/** One line of a tree and what hangs on it. Its texts may come from the user's files. */
export interface Twig {
  /** A sign in front of the text, and how both are painted; absent for what is as it should be. */
  readonly mark?: Mark;
  readonly text: string;
  /** How the text is painted; a mark alone paints itself. */
  readonly look?: 'strong' | 'dim';
  /** Where it stands, behind the text. */
  readonly place?: string;
  readonly twigs: readonly Twig[];
}

/** Draws a tree: its root at the left, no line wider than `columns` where its words allow that. */
export function treeLines(root: Twig, columns: number, paint: Paint): readonly string[] {
  const lines: string[] = [];
  const draw = (twig: Twig, first: string, rest: string): void => {
    const below = twig.twigs.length > 0 ? '│  ' : '   ';
    const room = columns - textWidth(rest) - signWidth(twig);
    for (const [at, line] of textLines(twig, room, paint).entries()) {
      const gap = at === 0 ? '' : ' '.repeat(signWidth(twig));
      // What hangs on it begins below its text.
      const guide = at === 0 ? first : rest + (gap === '' ? below : below.slice(0, signWidth(twig)));
      lines.push(`${paint.gutter(guide)}${at === 0 ? signOf(twig, paint) : ''}${line}`.trimEnd());
    }
    twig.twigs.forEach((inner, at) => {
      const isLast = at === twig.twigs.length - 1;
      draw(inner, `${rest}${isLast ? '└─ ' : '├─ '}`, `${rest}${isLast ? '   ' : '│  '}`);
    });
  };
  draw(root, '', '');
  return lines;
}

function signWidth({ mark }: Twig): number {
  return mark === undefined ? 0 : 2;
}

function signOf({ mark }: Twig, paint: Paint): string {
  return mark === undefined ? '' : `${paintMark(mark, paint)(signs[mark])} `;
}

/** The text in lines of that width; its place behind the last one where there is room, else below. */
function textLines({ text, look, place }: Twig, room: number, paint: Paint): readonly string[] {
  const painted = look === undefined ? (line: string) => line : paint[look];
  const plain = wrap(visible(text), room);
  const lines = plain.map(painted);
  if (place === undefined) return lines;
  const shown = visible(place);
  const last = plain.at(-1) ?? '';
  if (textWidth(last) + 2 + textWidth(shown) > room) return [...lines, paint.dim(shown)];
  return [...lines.slice(0, -1), `${painted(last)}  ${paint.dim(shown)}`];
}
