/** How php-fpm reads the value of a directive. */
export type FpmValueType =
  | 'string'
  | 'integer'
  | 'time'
  | 'boolean'
  | 'pm'
  | 'log-level'
  | 'rlimit-core'
  | 'syslog-facility';

/** One directive that php-fpm knows. */
export interface FpmDirective {
  readonly type: FpmValueType;
  /** The first PHP version that knows it; absent where every version still in use does. */
  readonly since?: string;
  /** True where the build or the operating system decides whether php-fpm knows it. */
  readonly optional?: true;
}

/**
 * The directives of `[global]`.
 *
 * https://www.php.net/manual/en/install.fpm.configuration.php and `ini_fpm_global_options` of
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c
 */
export const globalDirectives: ReadonlyMap<string, FpmDirective> = new Map<string, FpmDirective>([
  ['pid', { type: 'string' }],
  ['error_log', { type: 'string' }],
  ['syslog.ident', { type: 'string' }],
  ['syslog.facility', { type: 'syslog-facility' }],
  ['log_buffering', { type: 'boolean', since: '7.3' }],
  ['log_level', { type: 'log-level' }],
  ['log_limit', { type: 'integer', since: '7.3' }],
  ['emergency_restart_threshold', { type: 'integer' }],
  ['emergency_restart_interval', { type: 'time' }],
  ['process_control_timeout', { type: 'time' }],
  ['process.max', { type: 'integer' }],
  ['process.priority', { type: 'integer' }],
  ['daemonize', { type: 'boolean' }],
  ['rlimit_files', { type: 'integer' }],
  ['rlimit_core', { type: 'rlimit-core' }],
  ['events.mechanism', { type: 'string' }],
  ['systemd_interval', { type: 'time', optional: true }],
]);

/** The directives of a pool: `ini_fpm_pool_options` of the same file. */
export const poolDirectives: ReadonlyMap<string, FpmDirective> = new Map<string, FpmDirective>([
  ['prefix', { type: 'string' }],
  ['user', { type: 'string' }],
  ['group', { type: 'string' }],
  ['listen', { type: 'string' }],
  ['listen.backlog', { type: 'integer' }],
  ['listen.acl_users', { type: 'string', optional: true }],
  ['listen.acl_groups', { type: 'string', optional: true }],
  ['listen.owner', { type: 'string' }],
  ['listen.group', { type: 'string' }],
  ['listen.mode', { type: 'string' }],
  ['listen.allowed_clients', { type: 'string' }],
  ['listen.setfib', { type: 'integer', since: '8.2', optional: true }],
  ['process.priority', { type: 'integer' }],
  ['process.dumpable', { type: 'boolean', since: '7.0' }],
  ['pm', { type: 'pm' }],
  ['pm.max_children', { type: 'integer' }],
  ['pm.start_servers', { type: 'integer' }],
  ['pm.min_spare_servers', { type: 'integer' }],
  ['pm.max_spare_servers', { type: 'integer' }],
  ['pm.max_spawn_rate', { type: 'integer', since: '8.1' }],
  ['pm.process_idle_timeout', { type: 'time' }],
  ['pm.max_requests', { type: 'integer' }],
  ['pm.status_path', { type: 'string' }],
  ['pm.status_listen', { type: 'string', since: '8.0' }],
  ['ping.path', { type: 'string' }],
  ['ping.response', { type: 'string' }],
  ['access.log', { type: 'string' }],
  ['access.format', { type: 'string' }],
  ['slowlog', { type: 'string' }],
  ['request_slowlog_timeout', { type: 'time' }],
  ['request_slowlog_trace_depth', { type: 'integer', since: '7.2' }],
  ['request_terminate_timeout', { type: 'time' }],
  ['request_terminate_timeout_track_finished', { type: 'boolean', since: '7.3' }],
  ['rlimit_files', { type: 'integer' }],
  ['rlimit_core', { type: 'rlimit-core' }],
  ['chroot', { type: 'string' }],
  ['chdir', { type: 'string' }],
  ['catch_workers_output', { type: 'boolean' }],
  ['decorate_workers_output', { type: 'boolean', since: '7.3' }],
  ['clear_env', { type: 'boolean' }],
  ['security.limit_extensions', { type: 'string' }],
  ['apparmor_hat', { type: 'string', optional: true }],
]);

/** The array directives of a pool, whose names are case-sensitive: `php_admin_value[memory_limit]`. */
export const arrayDirectives: ReadonlyMap<string, Pick<FpmDirective, 'since'>> = new Map([
  ['env', {}],
  ['php_value', {}],
  ['php_admin_value', {}],
  ['php_flag', {}],
  ['php_admin_flag', {}],
  ['access.suppress_path', { since: '8.2' }],
]);

/** The newest PHP whose directives these tables were checked against. */
export const newestKnownPhp = '8.5';

/** Orders two versions by number; `8.2.36` and `8.2` are equal. */
export function compareVersions(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}
