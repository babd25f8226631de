import { CLOSING_BRACE, LF, OPENING_BRACE, SHARP } from './characters.ts';
import type { Directive } from './tree.ts';

const PERCENT = 37;

/** What to say of a placeholder. */
export const templateHelp =
  'this is a placeholder of a template: nginx reads the file only after it is filled in';

/** Longer than any placeholder; it bounds how often a broken line is read again. */
const LONGEST = 500;

/**
 * Where a placeholder of a template language that begins with the `{` at `start` ends: `{{ name }}`, `{% if x %}`,
 * `{# note #}`. Undefined where it does not end on its line. nginx refuses all of them; knowing where they end
 * lets the rest of the file be read.
 */
export function templateEnd(text: string, start: number): number | undefined {
  const second = text.charCodeAt(start + 1);
  const closing = second === OPENING_BRACE ? CLOSING_BRACE : second;
  if (closing !== CLOSING_BRACE && closing !== PERCENT && closing !== SHARP) return undefined;
  const limit = Math.min(text.length, start + LONGEST);
  for (let at = start + 2; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === LF) return undefined;
    if (code !== closing || text.charCodeAt(at + 1) !== CLOSING_BRACE) continue;
    let end = at + 2;
    if (second === OPENING_BRACE && text.charCodeAt(end) === CLOSING_BRACE) end++;
    return end;
  }
  return undefined;
}

/**
 * The offset of the first `{{ name }}` among the unquoted arguments of a directive. nginx takes its first brace for the
 * start of a block, and hands what stands before it to the directive.
 */
export function placeholderIn(directive: Directive): number | undefined {
  if (!directive.statement.hasBrace) return undefined;
  const { source, args } = directive;
  for (const { value, start, end, quoted } of args) {
    if (quoted || !value.includes('{')) continue;
    // Cut out first: a search of the whole text would read on to its end for each word that has none.
    const at = source.text.slice(start, end + 1).indexOf('{{');
    if (at !== -1 && source.text.charAt(start + at - 1) !== '$') return start + at;
  }
  return undefined;
}
