/**
 * php-fpm's way from a relative path to a full one: `prefix/path`, not normalised. Absolute paths stay.
 * (`fpm_evaluate_full_path` of fpm_conf.c)
 */
export function fullPath(path: string, prefix: string): string {
  return path.startsWith('/') ? path : `${prefix}/${path}`;
}
