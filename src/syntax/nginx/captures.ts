const BACKSLASH = 92;
const OPENING_PARENTHESIS = 40;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;
const QUESTION_MARK = 63;

/**
 * How many groups of a regular expression capture; `undefined` where that takes more than counting parentheses.
 * https://www.pcre.org/current/doc/html/pcre2pattern.html
 */
export function captureCount(pattern: string): number | undefined {
  // Literal stretches, branches that share numbers, comments and free spacing.
  if (pattern.includes('\\Q') || /\(\?(?:[|#P]?[|#]|[a-z-]*[xn])/.test(pattern)) return undefined;
  let count = 0;
  for (let at = 0; at < pattern.length; at++) {
    const code = pattern.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === OPENING_BRACKET) at = endOfClass(pattern, at);
    else if (code === OPENING_PARENTHESIS && captures(pattern, at + 1)) count++;
  }
  return count;
}

/** `(?<name>`, `(?P<name>` and `(?'name'` capture; `(?:`, `(?=`, `(?<=`, `(?<!` and `(*` do not. */
function captures(pattern: string, at: number): boolean {
  if (pattern.charAt(at) === '*') return false;
  if (pattern.charCodeAt(at) !== QUESTION_MARK) return true;
  const rest = pattern.slice(at + 1, at + 4);
  return rest.startsWith("'") || /^P?<[^=!]/.test(rest);
}

/** The offset of the `]` that closes a character class; one right after the opening belongs to the class. */
function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern.charAt(at) === '^') at++;
  if (pattern.charCodeAt(at) === CLOSING_BRACKET) at++;
  for (; at < pattern.length; at++) {
    const code = pattern.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === CLOSING_BRACKET) return at;
    else if (code === OPENING_BRACKET && pattern.charAt(at + 1) === ':') {
      const close = pattern.indexOf(':]', at + 2);
      if (close !== -1) at = close + 1;
    }
  }
  return at;
}
