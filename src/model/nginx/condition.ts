import type { Directive } from '../../syntax/nginx/tree.ts';

/** What an `if` looks at, as far as it can be told without a request. */
export type Condition =
  /** `-f`, `-d`, `-e` or `-x`, with `!` in front where the path must not be there. */
  | { readonly kind: 'path'; readonly test: string; readonly negated: boolean; readonly path: string }
  /** A variable that is neither empty nor `0`. */
  | { readonly kind: 'truth'; readonly subject: string }
  | { readonly kind: 'equal'; readonly subject: string; readonly value: string; readonly negated: boolean }
  | { readonly kind: 'other' };

/**
 * Reads the condition of an `if` block. Its parentheses may stand alone or hang on the first and the last word.
 * https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if
 */
export function readCondition({ args }: Directive): Condition {
  const words = args.map(({ value }) => value);
  const first = words[0]?.replace(/^\(/, '');
  if (first !== undefined) words[0] = first;
  const last = words.at(-1)?.replace(/\)$/, '');
  if (last !== undefined) words[words.length - 1] = last;
  const [subject = '', second, third] = words.filter((word) => word !== '');
  const test = /^(!?)-([fdex])$/.exec(subject);
  if (test?.[2] && second !== undefined) {
    return { kind: 'path', test: test[2], negated: test[1] === '!', path: second };
  }
  if (!subject.startsWith('$')) return { kind: 'other' };
  if (second === undefined) return { kind: 'truth', subject };
  if (second !== '=' && second !== '!=') return { kind: 'other' };
  // An empty value in quotes is a word that the filter took.
  return { kind: 'equal', subject, value: third ?? '', negated: second === '!=' };
}
