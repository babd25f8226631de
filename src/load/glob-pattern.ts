import { fileNameToBytes } from './file-name.ts';

/** One element of a pattern of glob(7), matched against one byte of a file name; `star` against any number of them. */
type Element =
  | { readonly kind: 'literal'; readonly code: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly bytes: Uint8Array };

/** A compiled pattern for one component of a path. */
export interface NamePattern {
  readonly elements: readonly Element[];
  /** True where the pattern begins with a period of its own: only then does it match hidden files. */
  readonly matchesHidden: boolean;
}

const STAR = 0x2a;
const QUESTION = 0x3f;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const HYPHEN = 0x2d;
const PERIOD = 0x2e;

/** The classes of ctype(3) in the C locale, the one both daemons match in, as ranges of bytes. */
const CTYPE: Readonly<Record<string, string>> = {
  alnum: '09AZaz',
  alpha: 'AZaz',
  blank: '\t\t  ',
  cntrl: '\0\x1f\x7f\x7f',
  digit: '09',
  graph: '!~',
  lower: 'az',
  print: ' ~',
  punct: '!/:@[`{~',
  space: '\t\r  ',
  upper: 'AZ',
  xdigit: '09AFaf',
};

/**
 * A text as one character a byte of its UTF-8, which is what a daemon in the C locale matches and sorts. Texts of ASCII only are
 * returned as they are.
 */
export function byteString(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return fileNameToBytes(text).toString('latin1');
  }
  return text;
}

/**
 * True where glob(3) would list directories to expand a component: it holds `*`, `?` or a closed `[...]`.
 * Otherwise it only looks whether that one name is there.
 */
export function hasWildcards(component: string): boolean {
  let bracket = false;
  for (let at = 0; at < component.length; at++) {
    const code = component.charCodeAt(at);
    if (code === STAR || code === QUESTION) return true;
    if (code === BACKSLASH) at++;
    else if (code === OPEN) bracket = true;
    else if (code === CLOSE && bracket) return true;
  }
  return false;
}

/** A component without wildcards, its backslashes taken away: the name that it stands for. */
export function unescapeName(component: string): string {
  let name = '';
  for (let at = 0; at < component.length; at++) {
    if (component.charCodeAt(at) === BACKSLASH && at + 1 < component.length) at++;
    name += component.charAt(at);
  }
  return name;
}

/** Reads one component of a pattern: `*`, `?`, `[a-z]`, `[!a]`, `[[:digit:]]` and `\*`; no braces, no tilde, no `**`. */
export function compilePattern(component: string): NamePattern {
  const text = byteString(component);
  const elements: Element[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at++);
    if (code === STAR) {
      if (elements.at(-1)?.kind !== 'star') elements.push({ kind: 'star' });
    } else if (code === QUESTION) elements.push({ kind: 'any' });
    else if (code === BACKSLASH && at < text.length) {
      elements.push({ kind: 'literal', code: text.charCodeAt(at++) });
    } else if (code === OPEN) {
      const bracket = readClass(text, at);
      elements.push(bracket?.element ?? { kind: 'literal', code });
      at = bracket?.end ?? at;
    } else elements.push({ kind: 'literal', code });
  }
  const first = elements[0];
  return { elements, matchesHidden: first?.kind === 'literal' && first.code === PERIOD };
}

/** Reads what follows a `[`; nothing where it is never closed and so stands for itself. */
function readClass(text: string, from: number): { element: Element; end: number } | undefined {
  const bytes = new Uint8Array(256);
  const negated = text.charAt(from) === '!' || text.charAt(from) === '^';
  const start = negated ? from + 1 : from;
  let at = start;
  while (at < text.length) {
    let low = text.charCodeAt(at);
    if (low === CLOSE && at > start) return { element: { kind: 'class', negated, bytes }, end: at + 1 };
    if (low === OPEN && text.charCodeAt(at + 1) === COLON) {
      const close = text.indexOf(':]', at + 2);
      const ranges = close === -1 ? undefined : CTYPE[text.slice(at + 2, close)];
      if (ranges !== undefined) {
        for (let pair = 0; pair < ranges.length; pair += 2) {
          bytes.fill(1, ranges.charCodeAt(pair), ranges.charCodeAt(pair + 1) + 1);
        }
        at = close + 2;
        continue;
      }
    }
    if (low === BACKSLASH && at + 1 < text.length) low = text.charCodeAt(++at);
    at++;
    let high = low;
    if (text.charCodeAt(at) === HYPHEN && at + 1 < text.length && text.charCodeAt(at + 1) !== CLOSE) {
      high = text.charCodeAt(++at);
      if (high === BACKSLASH && at + 1 < text.length) high = text.charCodeAt(++at);
      at++;
    }
    if (high >= low) bytes.fill(1, low, high + 1);
  }
  return undefined;
}

function matchesByte(element: Element, code: number): boolean {
  switch (element.kind) {
    case 'literal':
      return element.code === code;
    case 'any':
    case 'star':
      return true;
    case 'class':
      return (element.bytes[code] === 1) !== element.negated;
    default:
      return element satisfies never;
  }
}

/**
 * Tells whether a file name matches. After a mismatch only the last `*` is tried again, one byte further, so the time is at most the
 * product of the two lengths, however many stars there are.
 */
export function matchesName(pattern: NamePattern, fileName: string): boolean {
  const { elements } = pattern;
  const name = byteString(fileName);
  if (name.charCodeAt(0) === PERIOD && !pattern.matchesHidden) return false;
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const element = elements[next];
    if (element?.kind === 'star') {
      star = next++;
      starAt = at;
    } else if (element && matchesByte(element, name.charCodeAt(at))) {
      next++;
      at++;
    } else if (star !== -1) {
      next = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (elements[next]?.kind === 'star') next++;
  return next === elements.length;
}
