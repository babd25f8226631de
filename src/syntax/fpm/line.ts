import { code, isBlank } from '../zend/characters.ts';

/**
 * Most lines of real files: nothing in them can be a statement, unless a lone carriage return ends the comment early. PHP 5 took `#` for
 * a comment too: https://www.php.net/manual/en/migration70.incompatible.php, "Changes to INI file handling".
 */
export function isComment(text: string, start: number, end: number, withSharps: boolean): boolean {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  const first = text.charCodeAt(at);
  if (first !== code.semicolon && !(withSharps && first === code.sharp)) return false;
  while (at < end - 1 && text.charCodeAt(at) !== code.carriageReturn) at++;
  return at >= end - 1;
}

/** Where a zero byte cuts the line off, because php-fpm hands it over as a C string; `undefined` where there is none. */
export function zeroIn(text: string, start: number, end: number): number | undefined {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === code.nul) return at;
  return undefined;
}
