import { LENGTH_MAX, shared } from '../repeated.ts';
/**
 * A value as PHP would hold it after quotes, constants and expressions, or the reason why only the running
 * server could know it.
 */
export type ZendValue =
  | { readonly kind: 'known'; readonly text: string }
  | {
      readonly kind: 'unknown';
      /** What is missing: `the environment variable LISTEN is not known`. */
      readonly why: string;
      /** The value with the unknown parts as they are written. */
      readonly text: string;
    };

/** A known value. */
export function known(text: string): ZendValue {
  return { kind: 'known', text };
}

const repeated = new Map<string, ZendValue>();

/** So many are kept; ten thousand pools say some dozens. */
const KEPT_MAX = 4096;

/** A known value, in the one copy that all who ask for a short text share. */
export function sharedKnown(text: string): ZendValue {
  if (text.length > LENGTH_MAX) return known(text);
  const before = repeated.get(text);
  if (before) return before;
  const value = known(shared(text));
  if (repeated.size < KEPT_MAX) repeated.set(value.text, value);
  return value;
}

/** What stands outside the text and takes part in its values. */
export interface Names {
  /** The value of a PHP constant; `undefined` where there is none of that name, so that the word stays itself. */
  constant(name: string): ZendValue | undefined;
  /** The value of `${NAME}`: a php.ini directive, else an environment variable; `undefined` where neither is set. */
  variable(name: string): ZendValue | undefined;
}

/** The longest value that is followed, in UTF-16 units: forty lines that double the one above reach no end. */
export const LONGEST_VALUE = 1 << 20;

/** Why a longer value is not known. */
export const TOO_LONG = 'its variables make it longer than no502 reads';

/** Two values one after the other; unknown as soon as one is. */
export function concatenate(left: ZendValue, right: ZendValue): ZendValue {
  if (left.text.length + right.text.length > LONGEST_VALUE) {
    return { kind: 'unknown', why: TOO_LONG, text: left.text };
  }
  const text = left.text + right.text;
  if (left.kind === 'unknown') return { ...left, text };
  return right.kind === 'unknown' ? { ...right, text } : known(text);
}

/** C's `atoi`: an `int` from the digits at the start of a text, cut to 32 bits, 0 where there are none. */
export function atoi(text: string): number {
  const plain = plainNumber(text);
  if (plain !== undefined) return plain;
  const digits = /^[ \t\n\v\f\r]*([+-]?[0-9]{1,400})/.exec(text)?.[1];
  if (digits === undefined) return 0;
  const wide = BigInt(digits);
  const long = wide > longMax ? longMax : wide < longMin ? longMin : wide;
  return Number(BigInt.asIntN(32, long));
}

/** Most numbers are a few digits and nothing else: those surely fit 32 bits. */
function plainNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 9) return undefined;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

const longMax = 2n ** 63n - 1n;
const longMin = -(2n ** 63n);

/** One operator of an INI expression, on C `int`s: `32767 & -9` gives the text `32759`. */
export function operate(operator: string, left: ZendValue, right: ZendValue): ZendValue {
  if (left.kind === 'unknown') return { ...left, text: `${left.text}${operator}${right.text}` };
  if (right.kind === 'unknown') return { ...right, text: `${left.text}${operator}${right.text}` };
  const a = atoi(left.text);
  const b = atoi(right.text);
  switch (operator) {
    case '|':
      return known(String(a | b));
    case '&':
      return known(String(a & b));
    default:
      return known(String(a ^ b));
  }
}

/** `~` or `!` before a value. */
export function negate(operator: string, value: ZendValue): ZendValue {
  if (value.kind === 'unknown') return { ...value, text: operator + value.text };
  const number = atoi(value.text);
  return known(String(operator === '~' ? ~number : number === 0 ? 1 : 0));
}
