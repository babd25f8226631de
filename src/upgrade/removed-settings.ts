import { comparePhpVersions } from '../model/php-version.ts';

/**
 * The PHP that no longer has a php.ini directive. It takes no notice of what it does not know; what it refuses besides is in
 * src/model/fpm/removed-directive.ts.
 *
 * The "Removed" notes of https://www.php.net/manual/en/ini.list.php and the UPGRADING file of each version:
 * https://github.com/php/php-src/blob/PHP-8.3/UPGRADING
 */
const removedIn: ReadonlyMap<string, string> = new Map([
  ['always_populate_raw_post_data', '7.0'],
  ['asp_tags', '7.0'],
  ['opcache.load_comments', '7.0'],
  ['xsl.security_prefs', '7.0'],
  ['session.entropy_file', '7.1'],
  ['session.entropy_length', '7.1'],
  ['session.hash_bits_per_character', '7.1'],
  ['session.hash_function', '7.1'],
  ['opcache.fast_shutdown', '7.2'],
  ['sql.safe_mode', '7.2'],
  ['opcache.inherited_hack', '7.3'],
  ['assert.quiet_eval', '8.0'],
  ['mbstring.func_overload', '8.0'],
  ['track_errors', '8.0'],
  ['log_errors_max_len', '8.1'],
  ['mysqlnd.fetch_data_copy', '8.1'],
  ['mysqli.reconnect', '8.2'],
  ['opcache.consistency_checks', '8.3'],
  ['disable_classes', '8.5'],
]);

/** The version that dropped a directive on the way from one version to another. */
export function removedOnTheWay(name: string, from: string, to: string): string | undefined {
  const version = removedIn.get(name);
  if (version === undefined) return undefined;
  const isBetween = comparePhpVersions(version, from) > 0 && comparePhpVersions(version, to) <= 0;
  return isBetween ? version : undefined;
}
