import type { Source } from '../source.ts';
import { isWhitespace } from './characters.ts';

/** The size of nginx's read buffer in bytes: NGX_CONF_BUFFER in src/core/ngx_conf_file.c. */
export const BUFFER_BYTES = 4096;
/** How much of a word that is too long nginx shows, in bytes. */
const SHOWN_BYTES = 10;
/** No stretch of fewer UTF-16 units can fill the buffer, at three bytes a unit. */
const SURELY_FITS = Math.floor(BUFFER_BYTES / 3) - 2;

/** What nginx says of an unquoted word that fills its buffer, or undefined where it fits. */
export function overflowOfWord(source: Source, start: number, end: number): string | undefined {
  if (end - start < SURELY_FITS) return undefined;
  const { text } = source;
  const bytes = byteLength(source, start, end);
  // A word that white space ends must leave room for one character more than one that `;` ends.
  const separated = end + 1 < text.length && isWhitespace(text.charCodeAt(end));
  const limit = end === text.length ? BUFFER_BYTES + 1 : separated ? BUFFER_BYTES - 1 : BUFFER_BYTES;
  return bytes >= limit ? tooLong(source, start) : undefined;
}

/**
 * The same for a quoted word: `start` is the offset behind the opening quote, `closing` that of the other or -1
 * where there is none in the stretch nginx can hold.
 */
export function overflowOfQuotedWord(source: Source, start: number, closing: number): string | undefined {
  const { text } = source;
  const end = closing === -1 ? Math.min(text.length, start + BUFFER_BYTES + 1) : closing;
  if (end - start < SURELY_FITS) return undefined;
  const bytes = byteLength(source, start, end);
  if (bytes >= BUFFER_BYTES + (closing === -1 ? 1 : 0)) {
    const quote = text.charAt(start - 1);
    return `too long parameter, probably missing terminating "${quote}" character`;
  }
  if (closing === -1) return undefined;
  if (bytes === BUFFER_BYTES - 1 && closing + 1 < text.length) return tooLong(source, start);
  if (bytes === BUFFER_BYTES - 2 && closing + 2 < text.length && isWhitespace(text.charCodeAt(closing + 1))) {
    return tooLong(source, start);
  }
  return undefined;
}

/** The same for a comment, from its `#` to before the end of the line. */
export function overflowOfComment(source: Source, start: number, end: number): string | undefined {
  if (end - start < SURELY_FITS) return undefined;
  const limit = end === source.text.length ? BUFFER_BYTES + 1 : BUFFER_BYTES;
  return byteLength(source, start, end) >= limit ? tooLong(source, start) : undefined;
}

function tooLong(source: Source, start: number): string {
  return `too long parameter "${firstBytes(source, start, SHOWN_BYTES)}..." started`;
}

/** How many bytes a UTF-16 unit stands for in the file; each half of a surrogate pair counts two. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code >= 0xd800 && code <= 0xdfff ? 2 : 3;
}

/** The first bytes from an offset on, as a log shows them: a character that is cut in the middle is no text. */
function firstBytes({ text, encoding }: Source, start: number, bytes: number): string {
  if (encoding === 'latin1') return text.slice(start, start + bytes);
  let left = bytes;
  let at = start;
  while (left > 0) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const size = byteLength({ text: character, encoding }, 0, character.length);
    if (size > left) return `${text.slice(start, at)}\ufffd`;
    left -= size;
    at += character.length;
  }
  return text.slice(start, at);
}

function byteLength(source: Pick<Source, 'text' | 'encoding'>, start: number, end: number): number {
  if (source.encoding === 'latin1') return end - start;
  let bytes = 0;
  for (let at = start; at < end; at++) bytes += bytesOf(source.text.charCodeAt(at));
  return bytes;
}
