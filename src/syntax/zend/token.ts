/**
 * The tokens of Zend's INI grammar, under the names that PHP prints in its syntax errors.
 * Single characters go under their own name, quoted: `'('`.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/Zend/zend_ini_parser.y
 */
export type TokenKind =
  | 'end of file'
  | 'TC_SECTION'
  | 'TC_RAW'
  | 'TC_CONSTANT'
  | 'TC_NUMBER'
  | 'TC_STRING'
  | 'TC_WHITESPACE'
  | 'TC_LABEL'
  | 'TC_OFFSET'
  | 'TC_DOLLAR_CURLY'
  | 'TC_VARNAME'
  | 'TC_QUOTED_STRING'
  | 'TC_FALLBACK'
  | 'BOOL_TRUE'
  | 'BOOL_FALSE'
  | 'NULL_NULL'
  | 'END_OF_LINE'
  | `'${string}'`;

/** One token, as offsets into the scanned text, with what it means after quotes and escapes. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** What the token stands for: `1` for `on`, the inside of a quoted string with its escapes resolved. */
  readonly text: string;
}
