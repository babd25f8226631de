import {
  BACKSLASH,
  CLOSING_BRACE,
  DASH,
  DOUBLE_QUOTE,
  EQUALS,
  LF,
  OPENING_BRACE,
  OPENING_BRACKET,
  SINGLE_QUOTE,
} from './characters.ts';

/** Where the Lua code of a `*_by_lua_block` ends, or why it does not. */
export type LuaBody =
  /** `end` is the offset of the closing `}`. */
  | { readonly kind: 'closed'; readonly end: number }
  /** `at` is the offset whose line the module names, `message` its words. */
  | { readonly kind: 'open'; readonly at: number; readonly message: string };

/**
 * Finds the `}` that closes a Lua block as lua-nginx-module does: braces inside Lua strings, long brackets
 * and comments do not count. `start` is the offset after the opening `{`.
 * See ngx_http_lua_conf_lua_block_parse in src/ngx_http_lua_directive.c of openresty/lua-nginx-module.
 */
export function findLuaBlockEnd(text: string, start: number): LuaBody {
  let depth = 1;
  let lastBrace = start - 1;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === OPENING_BRACE) {
      depth++;
      lastBrace = at;
    } else if (code === CLOSING_BRACE) {
      depth--;
      if (depth === 0) return { kind: 'closed', end: at };
    } else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      const end = endOfLuaString(text, at);
      if (end > at) {
        at = end;
        continue;
      }
    } else if (code === OPENING_BRACKET || (code === DASH && text.charCodeAt(at + 1) === DASH)) {
      const comment = code === DASH;
      const bracket = comment ? at + 2 : at;
      const level = levelOfLongBracket(text, bracket);
      if (level !== undefined) {
        const closing = `]${'='.repeat(level)}]`;
        const end = text.indexOf(closing, bracket + level + 2);
        if (end === -1) {
          const message = `Lua code block missing the closing long bracket "${closing}"`;
          return { kind: 'open', at, message };
        }
        at = end + closing.length;
        continue;
      }
      if (comment) {
        const lineEnd = text.indexOf('\n', at);
        if (lineEnd === -1) break;
        at = lineEnd;
        continue;
      }
    }
    at++;
  }
  return {
    kind: 'open',
    at: lastBrace,
    message: 'unexpected end of file, expecting terminating characters for lua code block',
  };
}

/** The longest token the module's buffer holds, in bytes; it also bounds how often a broken line is read again. */
const LONGEST_STRING = 4096;

/** The offset after a Lua string that begins at `start`, or `start` where it is not closed on its line. */
function endOfLuaString(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  const limit = Math.min(text.length, start + LONGEST_STRING);
  for (let at = start + 1; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === BACKSLASH) at++;
    else if (code === LF) return start;
  }
  return start;
}

/** The number of `=` in a long bracket `[==[` that begins at `start`, or undefined where none does. */
function levelOfLongBracket(text: string, start: number): number | undefined {
  if (text.charCodeAt(start) !== OPENING_BRACKET) return undefined;
  let at = start + 1;
  while (text.charCodeAt(at) === EQUALS) at++;
  return text.charCodeAt(at) === OPENING_BRACKET ? at - start - 1 : undefined;
}
