import type { Paint } from '../report/paint.ts';

/** A sign for how something fares. */
export type Mark = 'broken' | 'at-risk' | 'unknown' | 'unused';

/** The signs, which are explained below the tree. */
export const signs: Readonly<Record<Mark, string>> = {
  broken: '✗',
  'at-risk': '!',
  unknown: '?',
  unused: '-',
};

/** How a mark is painted. */
export function paintMark(mark: Mark, paint: Paint): (text: string) => string {
  switch (mark) {
    case 'broken':
      return paint.severity.error;
    case 'at-risk':
      return paint.severity.warning;
    case 'unknown':
      return paint.severity.info;
    case 'unused':
      return paint.dim;
    default:
      return mark satisfies never;
  }
}
