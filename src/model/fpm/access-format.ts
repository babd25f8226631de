/** Tokens of `access.format` that take a `{modifier}`, and which; `undefined` allows any. */
const modifiers: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['C', ['total', 'user', 'system']],
  ['d', ['seconds', 'milliseconds', 'milli', 'miliseconds', 'mili', 'microseconds', 'micro']],
  ['M', ['bytes', 'kilobytes', 'kilo', 'megabytes', 'mega']],
  ['e', undefined],
  ['o', undefined],
  ['t', undefined],
  ['T', undefined],
]);

const plain = '%CdeflmMnopPqQrRsTtu';

/**
 * Whether php-fpm takes an `access.format`. What only one PHP version refuses is taken.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_log.c
 */
export function isAccessFormat(format: string): boolean {
  for (let at = format.indexOf('%'); at !== -1; at = format.indexOf('%', at)) {
    at++;
    let modifier = '';
    while (format.charAt(at) === '{') {
      const close = format.indexOf('}', at);
      // php-fpm reads past the end of its string here, and what it finds there decides.
      if (close === -1) return true;
      if (close === format.length - 1) return false;
      modifier = format.slice(at + 1, close);
      at = close + 1;
    }
    if (at >= format.length) return true;
    if (!takes(format.charAt(at), modifier)) return false;
    at++;
  }
  return true;
}

function takes(token: string, modifier: string): boolean {
  if (!plain.includes(token)) return false;
  if (modifier === '') return token !== 'e' && token !== 'o';
  if (!modifiers.has(token)) return false;
  return modifiers.get(token)?.includes(modifier.toLowerCase()) ?? true;
}
