import type { Word } from './tree.ts';

/** What nginx says of the arguments of `if`, and at which of them. */
export interface ConditionRefusal {
  readonly message: string;
  readonly word: Word;
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '~', '~*', '!~', '!~*']);
const FILE_TESTS = 'fdex';

/**
 * Reads the condition of an `if` as ngx_http_rewrite_if_condition does (src/http/modules/ngx_http_rewrite_module.c);
 * undefined where nginx takes it. Regular expressions and variables are not looked at.
 */
export function refusalOfCondition(args: readonly Word[]): ConditionRefusal | undefined {
  const opening = args[0];
  const closing = args.at(-1);
  if (!opening || !closing) return undefined;
  if (!opening.value.startsWith('(')) return invalid(opening, opening.value);

  // The parentheses may stand alone or hang on the first and the last word.
  const values = args.map((word) => word.value);
  let first = 0;
  let last = values.length - 1;
  if (opening.value.length === 1) first = 1;
  else values[0] = opening.value.slice(1);
  const ending = values[last] ?? '';
  if (!ending.endsWith(')')) return invalid(closing, ending);
  if (ending.length === 1) last--;
  else values[last] = ending.slice(0, -1);

  const subject = values[first] ?? '';
  const word = args[first] ?? opening;
  if (subject.length > 1 && subject.startsWith('$')) {
    if (first !== last && first + 2 !== last) return invalid(word, subject);
    if (first === last) return undefined;
    const comparison = values[first + 1] ?? '';
    if (COMPARISONS.has(comparison)) return undefined;
    return { message: `unexpected "${comparison}" in condition`, word: args[first + 1] ?? word };
  }
  const test = subject.startsWith('!') ? subject.slice(1) : subject;
  if (test.length === 2 && test.startsWith('-')) {
    if (first + 1 !== last) return invalid(args[last] ?? closing, values[last] ?? '');
    if (FILE_TESTS.includes(test.charAt(1))) return undefined;
  }
  return invalid(word, subject);
}

function invalid(word: Word, shown: string): ConditionRefusal {
  return { message: `invalid condition "${shown}"`, word };
}
