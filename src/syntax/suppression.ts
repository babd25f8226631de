import { lineText, positionAt, type Source, type Span } from './source.ts';

/**
 * What a comment leaves out: the findings of the next line of configuration, of its own line, from here to the
 * `no502-enable` that ends it, or of the whole file. `unknown` is a word that looks like one of these and is none.
 */
export type SuppressionScope = 'next-line' | 'line' | 'block' | 'enable' | 'file' | 'unknown';

/** One rule that a comment names. */
export interface SuppressedRule {
  readonly id: string;
  readonly span: Span;
}

/** A comment that tells no502 what to leave out: `# no502-disable-next-line RULE, RULE -- reason`. */
export interface Suppression {
  readonly scope: SuppressionScope;
  /** The first word: `no502-disable-next-line`. */
  readonly word: string;
  /** From the first word to the end of the comment. */
  readonly span: Span;
  /** The whole comment, with what opens it. */
  readonly comment: Span;
  readonly rules: readonly SuppressedRule[];
  /** Behind the `--`; absent where there is none. */
  readonly reason?: string;
  /** The line it is about, from 1: its own, or the next one that holds more than a comment. */
  readonly line: number;
}

/** The words a comment may begin with. */
export const suppressionWords = {
  'no502-disable-next-line': 'next-line',
  'no502-disable-line': 'line',
  'no502-disable': 'block',
  'no502-enable': 'enable',
  'no502-disable-file': 'file',
} as const satisfies Record<string, SuppressionScope>;

const scopes: Readonly<Record<string, SuppressionScope>> = suppressionWords;

/** What every comment of ours holds, so that files without one cost a search and nothing else. */
const marker = 'no502-';

/** Of that, what hardly any other text holds: a search for what begins with an `n` stops at every one. */
const rareInMarker = '502-';

/** True where a source may hold a suppression. */
export function mayHoldSuppressions({ text }: Source): boolean {
  return text.includes(rareInMarker) && text.includes(marker);
}

/** Where a comment stands: from the character that opens it to before the end of its line. */
type CommentSpan = Omit<Span, 'source'>;

/**
 * The comments of a text in which they run from one of `openers` to the end of the line: `;` in pools and php.ini, `#` in
 * YAML and units. Only those whose first word could be ours; whether one stands in quotes is for the caller to know.
 */
export function markedComments(source: Source, openers: string): readonly CommentSpan[] {
  const { text } = source;
  const comments: CommentSpan[] = [];
  let end = 0;
  let onLine = 0;
  for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) {
    if (at >= end) {
      end = lineEnd(text, at);
      onLine = 0;
    }
    let start = at;
    while (start > 0 && isBlank(text.charAt(start - 1))) start--;
    const afterOpener = start;
    while (start > 0 && openers.includes(text.charAt(start - 1))) start--;
    if (start === afterOpener || onLine++ >= COMMENTS_OF_LINE_MAX) continue;
    comments.push({ start, end });
  }
  return comments;
}

/** Only the first can open a comment that stands in no quotes of a value: more are text of the others. */
const COMMENTS_OF_LINE_MAX = 8;

/** Reads the suppressions among the comments of a source, which come in the order of the text. Linear in its length. */
export function readSuppressions(source: Source, comments: Iterable<CommentSpan>): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const { start, end } of comments) {
    const suppression = readSuppression(source, start, end);
    if (suppression) found.push(suppression);
  }
  const targets = new Map<number, number>();
  // From the end, so that a stack of comments is walked down once.
  for (let index = found.length - 1; index >= 0; index--) {
    const suppression = found[index];
    if (suppression?.scope !== 'next-line') continue;
    found[index] = { ...suppression, line: nextLine(suppression, targets) };
  }
  return found;
}

function readSuppression(source: Source, start: number, end: number): Suppression | undefined {
  const { text } = source;
  const opener = text.charAt(start);
  let at = start;
  while (at < end && (text.charAt(at) === opener || isBlank(text.charAt(at)))) at++;
  if (!text.startsWith('no502-disable', at) && !text.startsWith('no502-enable', at)) return undefined;
  const stop = trimEnd(text, at, end);
  const wordEnd = endOfWord(text, at, stop);
  const word = text.slice(at, wordEnd);
  const dashes = reasonAt(text, wordEnd, stop);
  const reason = dashes === undefined ? '' : text.slice(dashes + 2, stop).trim();
  return {
    scope: scopes[word] ?? 'unknown',
    word,
    span: { source, start: at, end: stop },
    comment: { source, start, end: stop },
    rules: readRules(source, wordEnd, dashes ?? stop),
    ...(reason !== '' && { reason }),
    line: positionAt(source, at).line,
  };
}

/** Ids stand between commas; behind an id without `--` there is only a reason that was not marked as one. */
function readRules(source: Source, start: number, end: number): readonly SuppressedRule[] {
  const rules: SuppressedRule[] = [];
  let from = start;
  for (const part of source.text.slice(start, end).split(',')) {
    const next = from + part.length;
    let at = from;
    while (at < next && isBlank(source.text.charAt(at))) at++;
    const idEnd = endOfWord(source.text, at, next);
    if (idEnd > at) rules.push({ id: source.text.slice(at, idEnd), span: { source, start: at, end: idEnd } });
    from = next + 1;
  }
  return rules;
}

/** Where `--` stands as a word of its own. */
function reasonAt(text: string, start: number, end: number): number | undefined {
  // Not in the whole text: a file may be full of comments, and none of them have a reason.
  const comment = text.slice(start, end);
  for (let found = comment.indexOf('--'); found !== -1; found = comment.indexOf('--', found + 1)) {
    const at = start + found;
    const isWord = isBlank(text.charAt(at - 1)) && (at + 2 === end || isBlank(text.charAt(at + 2)));
    if (isWord) return at;
  }
  return undefined;
}

/** The next line that holds more than blanks and a comment; the line behind the last one where there is none. */
function nextLine({ span, line }: Suppression, targets: Map<number, number>): number {
  const { source } = span;
  const last = positionAt(source, source.text.length).line;
  let next = line + 1;
  while (next <= last && !targets.has(next) && isEmpty(lineText(source, next))) next++;
  const target = targets.get(next) ?? next;
  targets.set(line + 1, target);
  return target;
}

function isEmpty(line: string): boolean {
  const first = line.trimStart().charAt(0);
  return first === '' || first === '#' || first === ';';
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}

function endOfWord(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isBlank(text.charAt(at))) at++;
  return at;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text.charAt(at - 1))) at--;
  return at;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r';
}
