/**
 * One file that was read: its text, and under which names it goes.
 */
export interface Source {
  /** The path inside the host, as the daemon opens it: `/etc/nginx/sites-enabled/shop`. */
  readonly path: string;
  /** The path as a user at the current directory would open it: the real file, symlinks resolved. */
  readonly file: string;
  /** The whole text, a byte order mark included. */
  readonly text: string;
  /** How the bytes were decoded: files that are not valid UTF-8 are read as Latin-1, one character a byte. */
  readonly encoding: 'utf8' | 'latin1';
  /** Of a template, the text as it is read: as long as `text`, with a variable where a placeholder stands. What it says is never certain. */
  readonly asRead?: string;
  /** True where no file holds this very text: it is an image's, or made of another file. Nothing in it can be edited. */
  readonly isDerived?: true;
}

/** A stretch of a source, as offsets into its text in UTF-16 units, the end excluded. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** True where two spans are the same stretch of the same source. */
export function isSameSpan(one: Span, other: Span): boolean {
  return one.source === other.source && one.start === other.start && one.end === other.end;
}

/** A place as people and editors count: both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

function lineStarts(source: Source): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  lineStartsOf.set(source, starts);
  return starts;
}

/** The line and column of an offset. Lines end at `\n` only, as nginx and php-fpm count them. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Where a line begins, counted from 1; the end of the text for one that is not there. */
export function startOfLine(source: Source, line: number): number {
  return lineStarts(source)[line - 1] ?? source.text.length;
}

/** The text of a line counted from 1, without its line ending. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const start = starts[line - 1];
  if (start === undefined) return '';
  const next = starts[line];
  const end = next === undefined ? source.text.length : next - 1;
  const text = source.text.slice(start, end);
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes bytes as UTF-8 or, where they are not, as Latin-1, so that no byte is lost. */
export function decode(bytes: Uint8Array): Pick<Source, 'text' | 'encoding'> {
  try {
    return { text: strictUtf8.decode(bytes), encoding: 'utf8' };
  } catch {
    return {
      text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
      encoding: 'latin1',
    };
  }
}

/** The bytes of a text as `decode` would read them. Characters that the encoding does not have are lost. */
export function encode(text: string, encoding: Source['encoding']): Uint8Array {
  return Buffer.from(text, encoding);
}
