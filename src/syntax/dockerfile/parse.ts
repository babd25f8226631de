import type { Source, Span } from '../source.ts';
import { type LineWord, type LogicalLine, lineSpan, wordsOf } from './logical-line.ts';

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals: `COPY`. */
  readonly keyword: string;
  /** The whole instruction, continuations and all, but not its here-documents. */
  readonly span: Span;
  readonly line: LogicalLine;
  /** `--from=build`, without the dashes; the value of one without `=` is empty. */
  readonly flags: ReadonlyMap<string, string>;
  /** What follows the keyword and the flags, and where it begins in the line. */
  readonly rest: string;
  readonly restStart: number;
  /** The words of `rest`, quotes and variables still in them. */
  readonly words: readonly LineWord[];
  /** The words of a list in JSON, where `rest` is one. */
  readonly list?: readonly string[];
  readonly heredocs: readonly Heredoc[];
}

/** A text that stands in the Dockerfile itself. */
export interface Heredoc {
  readonly name: string;
  readonly text: string;
  readonly span: Span;
  /** False where its delimiter is quoted: variables in it are filled in only where this is true. */
  readonly isExpanded: boolean;
}

/** What a Dockerfile says, up to its end or what cannot be read. */
export interface ParsedDockerfile {
  readonly instructions: readonly Instruction[];
  /** The character that continues lines: `\`, or what the directive `escape` says. */
  readonly escapeCharacter: string;
}

const WITH_FLAGS: ReadonlySet<string> = new Set(['FROM', 'COPY', 'ADD', 'RUN', 'HEALTHCHECK']);
const WITH_HEREDOCS: ReadonlySet<string> = new Set(['COPY', 'ADD', 'RUN']);

/**
 * Reads a Dockerfile: parser directives, comments, continued lines, flags, lists in JSON, here-documents. Words it does not know are
 * instructions all the same; it is for the reader of the result to know them.
 *
 * https://docs.docker.com/reference/dockerfile/
 */
export function parseDockerfile(source: Source): ParsedDockerfile {
  const lines = physicalLines(source.text);
  const escapeCharacter = escapeOf(lines.map(({ text }) => text));
  const instructions: Instruction[] = [];
  let at = 0;
  while (at < lines.length) {
    const joined = join(source, lines, at, escapeCharacter);
    at = joined.next;
    if (joined.line.text.trim() === '') continue;
    const heredocs = heredocsOf(source, joined.line, lines, at);
    at = heredocs.next;
    instructions.push(instructionOf(joined.line, heredocs.found, escapeCharacter));
  }
  return { instructions, escapeCharacter };
}

interface PhysicalLine {
  readonly text: string;
  readonly offset: number;
}

function physicalLines(text: string): readonly PhysicalLine[] {
  const lines: PhysicalLine[] = [];
  let offset = text.startsWith('\ufeff') ? 1 : 0;
  for (const raw of text.slice(offset).split('\n')) {
    lines.push({ text: raw.endsWith('\r') ? raw.slice(0, -1) : raw, offset });
    offset += raw.length + 1;
  }
  return lines;
}

/** Directives stand in comments above everything else. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line);
    if (!directive) break;
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

/** Joins a line with those that continue it. Comments and empty lines in between are left out. */
function join(
  source: Source,
  lines: readonly PhysicalLine[],
  from: number,
  escapeCharacter: string,
): { readonly line: LogicalLine; readonly next: number } {
  const pieces: { at: number; offset: number }[] = [];
  let text = '';
  let next = from;
  let isContinued = true;
  while (isContinued && next < lines.length) {
    const { text: raw, offset } = lines[next] ?? { text: '', offset: 0 };
    const isFirst = text === '' && pieces.length === 0;
    next++;
    if (/^\s*#/.test(raw) || (!isFirst && raw.trim() === '')) {
      isContinued = !isFirst;
      continue;
    }
    const start = isFirst ? raw.length - raw.trimStart().length : 0;
    const end = raw.trimEnd().length;
    isContinued = end > 0 && raw.charAt(end - 1) === escapeCharacter;
    pieces.push({ at: text.length, offset: offset + start });
    text += raw.slice(start, isContinued ? end - 1 : end);
  }
  return { line: { source, text, pieces }, next };
}

function heredocsOf(
  source: Source,
  line: LogicalLine,
  lines: readonly PhysicalLine[],
  from: number,
): { readonly found: readonly Heredoc[]; readonly next: number } {
  const found: Heredoc[] = [];
  let next = from;
  const [keyword = ''] = line.text.split(/\s/, 1);
  const openings = WITH_HEREDOCS.has(keyword.toUpperCase())
    ? [...line.text.matchAll(/(?<=\s)<<(-?)(["']?)([A-Za-z_][\w.]*)\2(?=\s|$)/g)]
    : [];
  for (const [, dash, quote, name = ''] of openings) {
    const start = lines[next]?.offset ?? source.text.length;
    const body: string[] = [];
    const stripped = (text: string): string => (dash ? text.replace(/^\t+/, '') : text);
    while (next < lines.length && stripped(lines[next]?.text ?? '') !== name) {
      body.push(stripped(lines[next]?.text ?? ''));
      next++;
    }
    const end = lines[next]?.offset ?? source.text.length;
    next++;
    const text = body.map((each) => `${each}\n`).join('');
    found.push({ name, text, span: { source, start, end }, isExpanded: quote === '' });
  }
  return { found, next };
}

function instructionOf(
  line: LogicalLine,
  heredocs: readonly Heredoc[],
  escapeCharacter: string,
): Instruction {
  const keyword = (/^\S+/.exec(line.text)?.[0] ?? '').toUpperCase();
  const all = wordsOf(line, keyword.length, escapeCharacter);
  const flags = new Map<string, string>();
  let first = 0;
  if (WITH_FLAGS.has(keyword)) {
    for (const { text } of all) {
      const flag = /^--([a-z-]+)(?:=(.*))?$/s.exec(text);
      if (!flag) break;
      flags.set(flag[1] ?? '', flag[2] ?? '');
      first++;
    }
  }
  const words = all.slice(first);
  const restStart = words[0]?.start ?? line.text.length;
  const rest = line.text.slice(restStart).trimEnd();
  const list = jsonList(rest);
  return {
    keyword,
    span: lineSpan(line, 0, line.text.trimEnd().length),
    line,
    flags,
    rest,
    restStart,
    words,
    ...(list && { list }),
    heredocs,
  };
}

function jsonList(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
