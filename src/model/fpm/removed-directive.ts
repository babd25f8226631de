import type { PhpDirective, PhpIni } from '../../syntax/php-ini/php-ini.ts';
import { atoi } from '../../syntax/zend/value.ts';
import { comparePhpVersions } from '../php-version.ts';

/** The PHP that first refuses each setting. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  ['allow_call_time_pass_reference', '5.4'],
  ['asp_tags', '7.0'],
  ['define_syslog_variables', '5.4'],
  ['highlight.bg', '5.4'],
  ['magic_quotes_gpc', '5.4'],
  ['magic_quotes_runtime', '5.4'],
  ['magic_quotes_sybase', '5.4'],
  ['register_globals', '5.4'],
  ['register_long_arrays', '5.4'],
  ['safe_mode', '5.4'],
  ['safe_mode_allowed_env_vars', '5.4'],
  ['safe_mode_exec_dir', '5.4'],
  ['safe_mode_gid', '5.4'],
  ['safe_mode_include_dir', '5.4'],
  ['safe_mode_protected_env_vars', '5.4'],
  ['track_errors', '8.0'],
  ['zend.ze1_compatibility_mode', '5.4'],
]);

/**
 * The settings of php.ini that this PHP no longer has and that are on. Off, they do no harm; the value is read as a
 * number, and `On` is 1. `php_admin_value` of a pool is read too late to matter.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/main/main.c, php_module_startup
 */
export function removedDirectives(phpIni: PhpIni, phpVersion: string | undefined): readonly PhpDirective[] {
  return [...REMOVED].flatMap(([name, since]) => {
    const directive = phpIni.directives.get(name);
    if (directive?.value.kind !== 'known' || atoi(directive.value.text) === 0) return [];
    const isRemoved = phpVersion === undefined ? since === '5.4' : comparePhpVersions(phpVersion, since) >= 0;
    return isRemoved ? [directive] : [];
  });
}
