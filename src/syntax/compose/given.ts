import type { Span } from '../source.ts';

/** A value that the files decide. */
export interface Known<T> {
  readonly kind: 'known';
  readonly value: T;
  readonly span: Span;
}

/** A value that is there, but that the files alone do not decide or that is not understood. It is never judged. */
export interface Unknown {
  readonly kind: 'unknown';
  /** Half a sentence that ends after "because": `no file defines the variable PORT`. */
  readonly why: string;
  readonly span: Span;
  /** A text as far as it is known, with `${...}` where it is not: `nginx:${VERSION}`. */
  readonly text?: string;
}

/** What a file says of something: a value, or that it cannot be known. */
export type Given<T> = Known<T> | Unknown;

/** A value that the files decide. */
export function known<T>(value: T, span: Span): Known<T> {
  return { kind: 'known', value, span };
}

/** A value that cannot be known, and why. */
export function unknown(why: string, span: Span, text?: string): Unknown {
  return { kind: 'unknown', why, span, ...(text === undefined ? {} : { text }) };
}

/** Makes another value of a known one; what is unknown stays so. `undefined` from `make` means that it was not understood. */
export function mapGiven<T, U>(given: Given<T>, make: (value: T) => U | undefined, why: string): Given<U> {
  if (given.kind === 'unknown') return given;
  const made = make(given.value);
  return made === undefined ? unknown(why, given.span, String(given.value)) : known(made, given.span);
}

/** The text of a value, with `${...}` where it is not known; nothing where nothing is. */
export function writtenText(given: Given<string>): string {
  return given.kind === 'known' ? given.value : (given.text ?? '');
}

/** One part of a text that holds `${...}` where it is not known: known itself where it has none. */
export function partOf(text: string, whole: Given<string>, span: Span): Given<string> {
  if (whole.kind === 'known' || !text.includes('${')) return known(text, span);
  return unknown(whole.why, span, text);
}
