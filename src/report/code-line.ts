import { visibleCharacter } from './visible.ts';
import { characterWidth, textWidth } from './width.ts';

/** A line of code as it is printed: made visible, its tabs filled up, cut to the width there is. */
export interface CodeLine {
  readonly shown: string;
  /** The cell, from 0, at which the character at this offset into the line stands, or the nearest one shown. */
  readonly cellOf: (offset: number) => number;
}

const tabStop = 4;
const cut = '...';

/**
 * Lays out a line of code in `columns` cells. A longer line is cut so that the stretch from `from` to `to`
 * (offsets into the line) can be seen. The work does not depend on the length of the line.
 */
export function layOutCode(line: string, from: number, to: number, columns: number): CodeLine {
  const { start, end } = sliceAround(line, from, columns);
  const { texts, cells } = cellsOf(line.slice(start, end));
  const total = cells[end - start] ?? 0;
  const cellAt = (offset: number): number => cells[Math.min(Math.max(offset, start), end) - start] ?? total;

  const first = windowStart(cellAt(from), cellAt(to), start === 0, total, columns);
  const cutLeft = first > 0 || start > 0;
  const cutRight = first + columns < total || end < line.length;
  const left = first + (cutLeft ? cut.length : 0);
  const right = cutRight ? first + columns - cut.length : total;

  let shown = cutLeft ? cut : '';
  for (const [index, text] of texts) {
    const cell = cells[index] ?? 0;
    const cellEnd = cell + textWidth(text);
    if (cell >= left && cellEnd <= right) shown += text;
    // A wide character or a tab that the cut goes through leaves blanks, so that what follows keeps its place.
    else if (cell < left && cellEnd > left) shown += ' '.repeat(cellEnd - left);
  }
  if (cutRight) shown = `${shown}${cut}`;
  return {
    shown: shown.trimEnd(),
    cellOf: (offset) => Math.min(Math.max(cellAt(offset), left), Math.max(left, right)) - first,
  };
}

function sliceAround(line: string, from: number, columns: number): { start: number; end: number } {
  let start = from <= columns ? 0 : from - columns;
  let end = Math.min(line.length, start + 4 * columns);
  if (isLowSurrogate(line.charCodeAt(start))) start--;
  if (end < line.length && isLowSurrogate(line.charCodeAt(end))) end--;
  return { start: Math.max(0, start), end };
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** The characters as printed, by offset, and for each offset the cell at which it stands. */
function cellsOf(text: string): { texts: readonly (readonly [number, string])[]; cells: readonly number[] } {
  const texts: [number, string][] = [];
  const cells: number[] = [];
  let cell = 0;
  let index = 0;
  for (const character of text) {
    const printed = character === '\t' ? ' '.repeat(tabStop - (cell % tabStop)) : visibleCharacter(character);
    texts.push([index, printed]);
    for (let unit = 0; unit < character.length; unit++) cells.push(cell);
    index += character.length;
    cell += printed === character ? characterWidth(character) : printed.length;
  }
  cells.push(cell);
  return { texts, cells };
}

function windowStart(
  markStart: number,
  markEnd: number,
  isWholeStart: boolean,
  total: number,
  columns: number,
): number {
  if (total <= columns && isWholeStart) return 0;
  if (markEnd <= columns - cut.length && isWholeStart) return 0;
  const quarterBefore = markStart - Math.floor(columns / 4);
  const endInSight = markEnd - columns + cut.length;
  return Math.max(0, Math.min(markStart - cut.length, Math.max(quarterBefore, endInSight)));
}
