import { parseBoolean } from '../../syntax/fpm/value.ts';
import type { PhpDirective, PhpIni } from '../../syntax/php-ini/php-ini.ts';
import { parseQuantity } from '../../syntax/php-ini/quantity.ts';
import { atoi } from '../../syntax/zend/value.ts';
import type { Master } from './master.ts';
import type { PhpDefine } from './php-define.ts';
import type { Pool } from './pool.ts';
import { given, mapSetting, type Setting } from './setting.ts';

/** PHP's own values, without any php.ini: https://www.php.net/manual/en/ini.list.php */
const builtIn = {
  default_socket_timeout: '60',
  display_errors: '1',
  log_errors: '1',
  file_uploads: '1',
  max_execution_time: '30',
  max_file_uploads: '20',
  max_input_time: '-1',
  max_input_vars: '1000',
  memory_limit: '128M',
  'opcache.enable': '1',
  'opcache.memory_consumption': '128',
  'opcache.preload': '',
  'opcache.preload_user': '',
  output_buffering: '0',
  post_max_size: '8M',
  'session.save_handler': 'files',
  'session.save_path': '',
  upload_max_filesize: '2M',
} as const satisfies Readonly<Record<string, string>>;

/** A php.ini directive whose built-in value is known here. */
export type PhpSettingName = keyof typeof builtIn;

/** True for the directives that are asked for here. */
export function isPhpSettingName(name: string): name is PhpSettingName {
  return Object.hasOwn(builtIn, name);
}

/**
 * The value of a php.ini directive in a pool's workers. `php_admin_value` beats `php_value`, which beats php.ini; of two
 * lines in the pool the *first* one counts, because php-fpm applies its list from the end. In php.ini it is the last.
 *
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_php.c
 */
export function phpSetting(
  master: Master,
  pool: Pick<Pool, 'phpDefine'>,
  name: PhpSettingName,
): Setting<string> {
  const define = pool.phpDefine(name);
  if (define) return settingOf(define);
  if (master.phpIni) return phpIniSetting(master.phpIni, name);
  return { kind: 'unknown', why: 'its php.ini was not read', text: '' };
}

/** The value of a php.ini directive before any pool changes it. */
export function phpIniSetting(phpIni: PhpIni, name: PhpSettingName): Setting<string> {
  const directive = phpIni.directives.get(name);
  if (!directive) return { kind: 'default', value: builtIn[name] };
  return settingOf(directive);
}

/** A size in bytes; -1 for no limit. Exact up to 2^53. */
export function bytesOf(setting: Setting<string>): Setting<number> {
  return mapSetting(setting, sizeOf);
}

const sizes = new Map<string, number>();

/** So many are kept: ten thousand pools write the same few sizes. */
const SIZES_MAX = 1000;

function sizeOf(text: string): number {
  const known = sizes.get(text);
  if (known !== undefined) return known;
  const size = Number(parseQuantity(text).value);
  if (sizes.size < SIZES_MAX) sizes.set(text, size);
  return size;
}

/** A whole number, such as seconds. */
export function numberOf(setting: Setting<string>): Setting<number> {
  return mapSetting(setting, atoi);
}

/** On or off. */
export function booleanOf(setting: Setting<string>): Setting<boolean> {
  return mapSetting(setting, (text) => {
    const parsed = parseBoolean(text.toLowerCase(), undefined);
    return parsed.kind === 'ok' ? parsed.value : atoi(text) !== 0;
  });
}

function settingOf(set: PhpDefine | PhpDirective): Setting<string> {
  const { value } = set;
  if (value.kind === 'unknown') return { kind: 'unknown', why: value.why, text: value.text, span: set.span };
  return given(value.text, value.text, set);
}

/**
 * What php-fpm logs of a fatal error of PHP at its start. Where errors are displayed, PHP prints it to the standard output of
 * the service instead, and no log has it: then the text is empty, as where they are not logged.
 * https://www.php.net/manual/en/errorfunc.configuration.php#ini.display-errors
 */
export function fatalLogOf(phpIni: PhpIni, error: string): string {
  const displays = booleanOf(phpIniSetting(phpIni, 'display_errors'));
  const logs = booleanOf(phpIniSetting(phpIni, 'log_errors'));
  // Seen on php-fpm 8.2: so early in the start, log_errors counts only where php.ini sets it.
  const isLogged = displays.kind !== 'unknown' && !displays.value && logs.kind === 'given' && logs.value;
  return isLogged ? `PHP message: PHP Fatal error:  ${error} in Unknown on line 0` : '';
}
