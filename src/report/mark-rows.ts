import { textWidth } from './width.ts';
import { wrap } from './wrap.ts';

/** A mark within one line: from where to where, the end excluded, and what to say of it. */
export interface LineMark {
  readonly from: number;
  readonly to: number;
  readonly label?: string;
  readonly role: 'cause' | 'related';
}

type PaintRole = (text: string, role: LineMark['role']) => string;

interface Cell {
  readonly character: string;
  readonly role: LineMark['role'];
}

const narrowestLabel = 24;

/**
 * The rows below a line of code: carets under the cause, dashes under what is related, and the labels, the
 * rightmost one beside its mark where it fits, the others below theirs. Marks are given in cells.
 */
export function markRows(marks: readonly LineMark[], columns: number, paint: PaintRole): readonly string[] {
  if (marks.length === 0) return [];
  const byStart = marks.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const row: (Cell | undefined)[] = [];
  for (const role of ['related', 'cause'] as const) {
    for (const mark of byStart) {
      if (mark.role !== role) continue;
      const character = role === 'cause' ? '^' : '-';
      const end = Math.max(mark.from + 1, mark.to);
      for (let cell = mark.from; cell < end; cell++) row[cell] = { character, role };
    }
  }
  let pending = byStart.filter((mark) => mark.label !== undefined);
  let first = paintRow(row, paint);
  const last = byStart.at(-1);
  if (last?.label !== undefined && row.length + 1 + textWidth(last.label) <= columns) {
    first += ` ${paint(last.label, last.role)}`;
    pending = pending.filter((mark) => mark !== last);
  }
  const rows = [first];
  while (pending.length > 0) {
    const mark = pending.at(-1);
    if (mark?.label === undefined) break;
    if (marks.length > 1) rows.push(paintRow(connectors(pending), paint));
    pending = pending.slice(0, -1);
    rows.push(...labelRows(mark, mark.label, pending, columns, paint));
  }
  return rows;
}

function labelRows(
  mark: LineMark,
  label: string,
  leftOf: readonly LineMark[],
  columns: number,
  paint: PaintRole,
): readonly string[] {
  const lines = wrap(label, Math.max(narrowestLabel, columns - mark.from));
  const longest = lines.reduce((most, line) => Math.max(most, textWidth(line)), 0);
  const indent = Math.min(mark.from, Math.max(0, columns - longest));
  const before = connectors(leftOf.filter(({ from }) => from < indent));
  const missing = indent - before.length;
  return lines.map((line) => paintRow(before, paint) + ' '.repeat(missing) + paint(line, mark.role));
}

function connectors(marks: readonly LineMark[]): readonly (Cell | undefined)[] {
  const row: (Cell | undefined)[] = [];
  for (const { from, role } of marks) row[from] = { character: '|', role };
  return row;
}

/** The cells of a row as text, painted in runs of one role. */
function paintRow(row: readonly (Cell | undefined)[], paint: PaintRole): string {
  let painted = '';
  for (let at = 0; at < row.length; ) {
    const role = row[at]?.role;
    let run = '';
    for (; at < row.length && row[at]?.role === role; at++) run += row[at]?.character ?? ' ';
    painted += role === undefined ? run : paint(run, role);
  }
  return painted;
}
