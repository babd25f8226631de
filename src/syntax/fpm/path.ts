/**
 * php-fpm's way from a relative path to a full one: `prefix/path`, not normalised. Absolute paths stay.
 * `undefined` where the path is relative and the prefix is not known.
 *
 * `fpm_evaluate_full_path` of https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c
 */
export function fullPath(path: string, prefix: string | undefined): string | undefined {
  if (path.startsWith('/')) return path;
  return prefix === undefined ? undefined : `${prefix}/${path}`;
}
