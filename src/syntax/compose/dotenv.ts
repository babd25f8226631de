import type { Source, Span } from '../source.ts';

/** One variable of an env file. */
export interface DotenvEntry {
  readonly name: string;
  /** Without quotes and escapes; variables in it still to be filled in, unless `isLiteral`. Absent: taken from the shell. */
  readonly value: string | undefined;
  /** True in single quotes, where `$` is a character like any other. */
  readonly isLiteral: boolean;
  /** The value as it is written, quotes included; the name where there is no value. */
  readonly span: Span;
}

/** What an env file holds, up to the first line that compose refuses. */
export interface Dotenv {
  readonly entries: readonly DotenvEntry[];
  readonly problem?: { readonly message: string; readonly span: Span };
}

const NAME = /[ \t]*(?:export[ \t]+)?([\p{L}\p{N}_.[\]-]+)[ \t]*([=:]|\r?(?=\n)|$)[ \t]*/uy;

/**
 * Reads an env file as compose does: `NAME=value` and `NAME: value`, `export`, comments on lines of their own and after a blank, quotes
 * that may go over several lines, escapes in double quotes only.
 *
 * https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function parseDotenv(source: Source): Dotenv {
  const { text } = source;
  const entries: DotenvEntry[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    at = nextStatement(text, at);
    if (at >= text.length) return { entries };
    NAME.lastIndex = at;
    const found = NAME.exec(text);
    const [whole = '', name = '', separator = ''] = found ?? [];
    const start = at + whole.length;
    if (!found) return { entries, problem: problem(source, at, 'is no name of a variable') };
    if (separator !== '=' && separator !== ':') {
      const nameStart = at + whole.indexOf(name);
      const span = { source, start: nameStart, end: nameStart + name.length };
      entries.push({ name, value: undefined, isLiteral: true, span });
      at = lineEnd(text, at);
      continue;
    }
    const value = valueAt(text, start);
    if (!value) return { entries, problem: problem(source, start, 'begins a quote that never ends') };
    const span = { source, start, end: value.end };
    entries.push({ name, value: value.text, isLiteral: value.isLiteral, span });
    at = value.next;
  }
}

interface ReadValue {
  readonly text: string;
  readonly isLiteral: boolean;
  readonly end: number;
  readonly next: number;
}

function valueAt(text: string, start: number): ReadValue | undefined {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return unquoted(text, start);
  let end = start + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) return undefined;
  const inner = text.slice(start + 1, end);
  const isLiteral = quote === "'";
  const value = isLiteral ? inner.replaceAll("\\'", "'") : withoutEscapes(inner);
  return { text: value, isLiteral, end: end + 1, next: lineEnd(text, end) };
}

function unquoted(text: string, start: number): ReadValue {
  const next = lineEnd(text, start);
  const line = text.slice(start, next);
  const comment = /(?:^|[ \t])#/.exec(line);
  const value = (comment ? line.slice(0, comment.index) : line).trimEnd();
  return { text: value, isLiteral: false, end: start + value.length, next };
}

function withoutEscapes(inner: string): string {
  return inner.replace(/\\(.)/gs, (whole, character: string) => {
    if (character === 'n') return '\n';
    if (character === 'r') return '\r';
    if (character === 't') return '\t';
    return character === '$' ? '$$' : character === '"' || character === '\\' ? character : whole;
  });
}

/** Skips blanks, empty lines and comments. */
function nextStatement(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === '#') at = lineEnd(text, at);
    else if (/\s/.test(text.charAt(at))) at++;
    else break;
  }
  return at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function problem(source: Source, start: number, what: string): Dotenv['problem'] & object {
  const end = lineEnd(source.text, start);
  return { message: `"${source.text.slice(start, end).trimEnd()}" ${what}`, span: { source, start, end } };
}
