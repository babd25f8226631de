/**
 * Whether a name is a directive of php.ini, which a pool takes only in brackets: `php_admin_value[memory_limit]`.
 *
 * https://www.php.net/manual/en/ini.list.php
 */
export function isPhpSetting(name: string): boolean {
  const dot = name.indexOf('.');
  return dot === -1 ? settings.has(name) : groups.has(name.slice(0, dot));
}

const settings: ReadonlySet<string> = new Set(
  `allow_url_fopen allow_url_include auto_append_file auto_globals_jit auto_prepend_file browscap
  default_charset default_mimetype default_socket_timeout disable_classes disable_functions display_errors
  display_startup_errors doc_root enable_dl enable_post_data_reading error_append_string error_prepend_string
  error_reporting expose_php extension extension_dir file_uploads html_errors ignore_repeated_errors
  ignore_user_abort implicit_flush include_path input_encoding internal_encoding log_errors max_execution_time
  max_file_uploads max_input_nesting_level max_input_time max_input_vars memory_limit open_basedir
  output_buffering output_encoding output_handler post_max_size precision realpath_cache_size
  realpath_cache_ttl register_argc_argv request_order sendmail_from sendmail_path serialize_precision
  short_open_tag sys_temp_dir unserialize_callback_func upload_max_filesize upload_tmp_dir user_agent
  variables_order zend_extension`.split(/\s+/),
);

const groups: ReadonlySet<string> = new Set([
  'apc',
  'assert',
  'cgi',
  'curl',
  'date',
  'exif',
  'gd',
  'highlight',
  'iconv',
  'intl',
  'mail',
  'mbstring',
  'memcached',
  'mysqli',
  'newrelic',
  'opcache',
  'openssl',
  'pcre',
  'pdo_mysql',
  'phar',
  'redis',
  'session',
  'soap',
  'suhosin',
  'tidy',
  'xdebug',
  'zend',
  'zlib',
]);
