import type { Root } from '../load/root.ts';
import { parseBoolean } from '../syntax/fpm/value.ts';
import { readPhpIni } from '../syntax/php-ini/php-ini.ts';

/**
 * Values that one or the other php.ini-production has had and another has not: a difference in them is the distribution's doing.
 * https://github.com/php/php-src/commits/master/php.ini-production, from PHP 5.6 to 8.5; `disable_functions` is Debian's of PHP 7.
 * `error_reporting` is what `E_ALL & ~E_DEPRECATED & ~E_STRICT`, and the same without E_STRICT, come to.
 */
const changedByOthers: ReadonlyMap<string, readonly string[]> = new Map([
  ['asp_tags', ['0']],
  ['disable_classes', ['']],
  [
    'disable_functions',
    [
      '',
      'pcntl_alarm,pcntl_fork,pcntl_waitpid,pcntl_wait,pcntl_wifexited,pcntl_wifstopped,pcntl_wifsignaled,pcntl_wifcontinued,pcntl_wexitstatus,pcntl_wtermsig,pcntl_wstopsig,pcntl_signal,pcntl_signal_get_handler,pcntl_signal_dispatch,pcntl_get_last_error,pcntl_strerror,pcntl_sigprocmask,pcntl_sigwaitinfo,pcntl_sigtimedwait,pcntl_exec,pcntl_getpriority,pcntl_setpriority,pcntl_async_signals,pcntl_unshare,',
    ],
  ],
  ['error_reporting', ['22527', '24575']],
  ['html_errors', ['1']],
  ['log_errors_max_len', ['1024']],
  ['mail.add_x_header', ['0', '1']],
  ['mysqli.cache_size', ['2000']],
  ['mysqli.reconnect', ['0']],
  ['mysqlnd.collect_memory_statistics', ['0']],
  ['register_argc_argv', ['0']],
  ['report_memleaks', ['1']],
  ['serialize_precision', ['17', '-1']],
  ['session.hash_bits_per_character', ['5']],
  ['session.hash_function', ['0']],
  ['session.entropy_length', ['32']],
  ['session.referer_check', ['']],
  ['session.sid_bits_per_character', ['5']],
  ['session.sid_length', ['26']],
  ['session.trans_sid_tags', ['a=href,area=href,frame=src,form=']],
  ['session.use_only_cookies', ['1']],
  ['session.use_trans_sid', ['0']],
  ['sql.safe_mode', ['0']],
  ['track_errors', ['0']],
  ['url_rewriter.tags', ['a=href,area=href,frame=src,input=src,form=fakeentry']],
  ['zend.exception_ignore_args', ['1']],
  ['zend.exception_string_param_max_len', ['0']],
]);

/** Where packages keep the php.ini that they install: with it, what was changed by hand is certain. */
const references = ['/usr/lib/php/{version}/php.ini-production', '/usr/local/etc/php/php.ini-production'];

/** Tells values that came with the packages from those that somebody has written. */
export interface StockValues {
  /** True where the package's own php.ini was read. */
  readonly isCertain: boolean;
  isStock(name: string, value: string): boolean;
}

/** What the packages of a version set. */
export function stockValues(root: Root, version: string): StockValues {
  for (const pattern of references) {
    const read = root.read(pattern.replace('{version}', version));
    if (read.kind !== 'read') continue;
    const { directives } = readPhpIni([read.source], { phpVersion: version });
    return {
      isCertain: true,
      isStock: (name, value) => isSameValue(directives.get(name)?.value.text, value),
    };
  }
  return {
    isCertain: false,
    isStock: (name, value) =>
      changedByOthers.get(name)?.some((known) => isSameValue(known, normal(value))) ?? false,
  };
}

/** Whether two texts mean the same to PHP: `On` is `1`. */
export function isSameValue(one: string | undefined, other: string): boolean {
  return one !== undefined && normal(one) === normal(other);
}

function normal(value: string): string {
  const parsed = parseBoolean(value.toLowerCase(), undefined);
  return parsed.kind === 'ok' ? (parsed.value ? '1' : '0') : value.trim();
}
