import { lineText, positionAt, type Source, type Span } from '../syntax/source.ts';
import { layOutCode } from './code-line.ts';
import { type LineMark, markRows } from './mark-rows.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';

/** One place to show, and what to say of it. */
export interface Mark {
  readonly span: Span;
  readonly label?: string;
  readonly role: 'cause' | 'related';
}

/** How frames are drawn. */
export interface FrameStyle {
  /** The width of the terminal, in cells. */
  readonly columns: number;
  readonly paint: Paint;
  /** Paints the marks and the label of the cause. */
  readonly cause: (text: string) => string;
}

// A span of more lines than this is shown by its first two and its last.
const mostLines = 4;

/** Draws the places of one finding: a frame for each file, the file of the first mark first. */
export function drawFrames(marks: readonly Mark[], style: FrameStyle): readonly string[] {
  const byFile = new Map<string, Mark[]>();
  let lastLine = 1;
  for (const mark of marks) {
    const { source, start, end } = mark.span;
    const known = byFile.get(source.file);
    if (known) known.push(mark);
    else byFile.set(source.file, [mark]);
    lastLine = Math.max(lastLine, positionAt(source, Math.max(start, end - 1)).line);
  }
  const gutter = String(lastLine).length;
  return [...byFile.values()].flatMap((marksOfFile) => drawFile(marksOfFile, gutter, style));
}

function drawFile(marks: readonly Mark[], gutter: number, style: FrameStyle): readonly string[] {
  const first = marks[0];
  if (!first) return [];
  const { gutter: paint } = style.paint;
  const blank = ' '.repeat(gutter);
  const { source } = first.span;
  const arrow = paint(`${blank}-->`);
  if (source.text === '') {
    // A file that could not be read has no line to show.
    const labels = marks.flatMap(({ label }) => (label === undefined ? [] : [visible(label)]));
    return [[`${arrow} ${visible(source.file)}`, ...labels].join(': ')];
  }
  const { line, column } = positionAt(source, first.span.start);
  const rows = [`${arrow} ${visible(source.file)}:${line}:${column}`];
  const bar = paint(`${blank} |`);
  const byLine = marksByLine(marks);
  let previous: number | undefined;
  for (const number of [...byLine.keys()].sort((a, b) => a - b)) {
    if (previous !== undefined && number === previous + 2) {
      rows.push(codeRow(source, previous + 1, gutter, style, []).code);
    } else if (previous !== undefined && number > previous + 2) {
      rows.push(paint('.'.repeat(Math.max(3, gutter))));
    }
    const { code, below } = codeRow(source, number, gutter, style, byLine.get(number) ?? []);
    rows.push(code, ...below.map((row) => `${bar} ${row}`));
    previous = number;
  }
  return rows;
}

/** One line of code with its number, and the rows of marks and labels below it. */
function codeRow(
  source: Source,
  line: number,
  gutter: number,
  style: FrameStyle,
  marks: readonly LineMark[],
): { code: string; below: readonly string[] } {
  const columns = Math.max(20, style.columns - gutter - 3);
  const from = Math.min(...marks.map((mark) => mark.from), Number.MAX_SAFE_INTEGER);
  const to = Math.max(...marks.map((mark) => mark.to), 0);
  const { shown, cellOf } = layOutCode(lineText(source, line), marks.length === 0 ? 0 : from, to, columns);
  const number = style.paint.gutter(`${String(line).padStart(gutter)} |`);
  const cells = marks.map((mark) => ({ ...mark, from: cellOf(mark.from), to: cellOf(mark.to) }));
  return {
    code: shown === '' ? number : `${number} ${shown}`,
    below: markRows(cells, columns, (text, role) =>
      role === 'cause' ? style.cause(text) : style.paint.related(text),
    ),
  };
}

function marksByLine(marks: readonly Mark[]): ReadonlyMap<number, LineMark[]> {
  const byLine = new Map<number, LineMark[]>();
  for (const { span, label, role } of marks) {
    const { source } = span;
    const from = positionAt(source, span.start);
    const to = positionAt(source, Math.max(span.start, span.end - 1));
    for (let line = from.line; line <= to.line; line++) {
      const isFolded = to.line - from.line >= mostLines && line > from.line + 1 && line < to.line;
      if (isFolded) {
        line = to.line - 1;
        continue;
      }
      const text = lineText(source, line);
      const indent = text.length - text.trimStart().length;
      const mark: LineMark = {
        role,
        from: line === from.line ? from.column - 1 : indent,
        to: line === to.line ? to.column - 1 + Math.min(1, span.end - span.start) : text.length,
        ...(line === to.line && label !== undefined && { label: visible(label) }),
      };
      const known = byLine.get(line);
      if (known) known.push(mark);
      else byLine.set(line, [mark]);
    }
  }
  return byLine;
}
