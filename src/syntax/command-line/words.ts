import type { Source, Span } from '../source.ts';

/** One word of a command, quotes and escapes removed, which knows where it stands. */
export interface Word {
  readonly text: string;
  readonly span: Span;
  /** The values in it that come from elsewhere, such as a variable's, each with the place where it is set. */
  readonly filled?: readonly FilledValue[];
  /** True where a part of it is not known before the program is started. */
  readonly isUnknown?: true;
  /** True where no variable is looked for in it: it stands in single quotes. */
  readonly isVerbatim?: true;
}

/** A value that was put into a word. */
export interface FilledValue {
  readonly value: string;
  readonly span: Span;
}

/**
 * How a line is taken apart. `systemd`: a backslash escapes as in C, in quotes too.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 * `shell`: nothing is special in single quotes, and little in double ones.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export type WordDialect = 'systemd' | 'shell';

const cEscapes: ReadonlyMap<string, string> = new Map(Object.entries({ n: '\n', t: '\t', r: '\r', s: ' ' }));

/**
 * Takes a stretch of a source apart. `text` may differ from the source where lines were joined, but not in its length;
 * it begins at `start`.
 */
export function splitWords(
  text: string,
  source: Source,
  start: number,
  dialect: WordDialect,
): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (isBlank(text.charAt(at))) {
      at++;
      continue;
    }
    const from = at;
    const { value, end, isVerbatim } = readWord(text, at, dialect);
    at = end;
    const span = { source, start: start + from, end: start + end };
    words.push({ text: value, span, ...(isVerbatim && { isVerbatim }) });
  }
  return words;
}

function readWord(
  text: string,
  from: number,
  dialect: WordDialect,
): { readonly value: string; readonly end: number; readonly isVerbatim: boolean } {
  const isVerbatim = dialect === 'shell' && text.charAt(from) === "'";
  let value = '';
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === '' && isBlank(character)) break;
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === '\\' && escapes(text.charAt(at + 1), quote, dialect)) {
      at++;
      const escaped = text.charAt(at);
      value += dialect === 'systemd' ? (cEscapes.get(escaped) ?? escaped) : escaped;
    } else value += character;
  }
  return { value, end: at, isVerbatim };
}

function escapes(next: string, quote: string, dialect: WordDialect): boolean {
  if (dialect === 'systemd' || quote === '') return next !== '';
  return quote === '"' && '"\\$`'.includes(next) && next !== '';
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

/** Where a value of a word stands: where it was set, where it came from elsewhere, else the stretch of the word that shows it. */
export function placeOf(word: Word, value: string): Span {
  const filled = word.filled?.find((each) => each.value === value);
  if (filled) return filled.span;
  const { source, start, end } = word.span;
  const at = source.text.slice(start, end).lastIndexOf(value);
  if (value === '' || at === -1) return word.span;
  return { source, start: start + at, end: start + at + value.length };
}

/** The words inside of a word that is a command line itself; each stands at the whole of it where escapes shift the places. */
export function wordsWithin(word: Word, dialect: WordDialect): readonly Word[] {
  const { source, start, end } = word.span;
  const written = source.text.slice(start, end);
  const offset = written === word.text ? 0 : written.slice(1, -1) === word.text ? 1 : undefined;
  const words = splitWords(word.text, source, start + (offset ?? 0), dialect);
  return words.map((each) => ({
    ...each,
    ...(offset === undefined && { span: word.span }),
    ...(word.filled && { filled: word.filled }),
    ...(word.isUnknown && { isUnknown: true }),
  }));
}
