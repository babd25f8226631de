import type { Edit } from '../engine/finding.ts';
import type { Directive } from '../syntax/nginx/tree.ts';
import type { Source, Span } from '../syntax/source.ts';

/**
 * Inserts whole lines below the line of an offset, behind what else stands on it, trailing comments included. They get the
 * indentation of that line and the line ending of the file.
 */
export function insertLinesBelow(source: Source, offset: number, lines: readonly string[]): Edit {
  const { start, end } = lineAround(source.text, offset);
  const ending = lineEndingAt(source.text, end);
  const indent = indentOf(source.text, start);
  return insertAt(source, end, lines.map((line) => `${ending}${indent}${line}`).join(''));
}

/**
 * Inserts a directive behind another one of the same block: on a line of its own, or on the same line where something other
 * than a comment follows there, such as the `}` of a block written on one line.
 */
export function insertDirectiveAfter(directive: Directive, text: string): Edit {
  const { source, end } = directive;
  const rest = source.text.slice(end, lineAround(source.text, end).end).trim();
  if (rest !== '' && !rest.startsWith('#')) return insertAt(source, end, ` ${text}`);
  const edit = insertLinesBelow(source, end, [text]);
  // A directive may span lines: what follows is aligned with where it begins.
  const indent = indentOf(source.text, lineAround(source.text, directive.start).start);
  const ending = lineEndingAt(source.text, edit.span.start);
  return { ...edit, text: `${ending}${indent}${text}` };
}

/** Inserts a directive as the first one of a block. */
export function insertDirectiveInto(block: Directive, text: string): Edit {
  const { source, terminator } = block;
  const open = terminator + 1;
  const { end } = lineAround(source.text, open);
  const rest = source.text.slice(open, end).trim();
  if (rest !== '' && !rest.startsWith('#')) return insertAt(source, open, ` ${text}`);
  const indent = indentOf(source.text, lineAround(source.text, block.start).start);
  const [first] = block.block ?? [];
  const step = first ? indentOf(source.text, lineAround(source.text, first.start).start) : `${indent}    `;
  return insertAt(source, end, `${lineEndingAt(source.text, end)}${step}${text}`);
}

/** Removes what stands at a span: with its whole line where nothing else stands there, else with the blanks before it. */
export function removeSpan({ source, start, end }: Span): Edit {
  const { text } = source;
  const line = lineAround(text, start);
  const isAlone = text.slice(line.start, start).trim() === '' && text.slice(end, line.end).trim() === '';
  if (isAlone) {
    const ending = text.startsWith('\r\n', line.end) ? 2 : 1;
    return { span: { source, start: line.start, end: Math.min(line.end + ending, text.length) }, text: '' };
  }
  let from = start;
  while (from > line.start && isBlank(text.charAt(from - 1))) from--;
  return { span: { source, start: from, end }, text: '' };
}

/** Puts a text in the place of another. */
export function replace(span: Span, text: string): Edit {
  return { span, text };
}

function insertAt(source: Source, offset: number, text: string): Edit {
  return { span: { source, start: offset, end: offset }, text };
}

/** The line of an offset, without its line ending. */
function lineAround(text: string, offset: number): { readonly start: number; readonly end: number } {
  const newline = text.indexOf('\n', offset);
  const next = newline === -1 ? text.length : newline;
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = next > start && newline !== -1 && text.charAt(next - 1) === '\r' ? next - 1 : next;
  return { start, end: Math.max(end, offset) };
}

/** The line ending at the end of a line; in the last line, which has none, that of the line above it. */
function lineEndingAt(text: string, end: number): string {
  if (text.startsWith('\r\n', end)) return '\r\n';
  if (text.startsWith('\n', end)) return '\n';
  const last = text.lastIndexOf('\n', end - 1);
  return last > 0 && text.charAt(last - 1) === '\r' ? '\r\n' : '\n';
}

function indentOf(text: string, start: number): string {
  let at = start;
  while (isBlank(text.charAt(at))) at++;
  return text.slice(start, at);
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}
