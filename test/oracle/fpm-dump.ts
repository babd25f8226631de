import type { Master } from '../../src/model/fpm/master.ts';
import type { Pool } from '../../src/model/fpm/pool.ts';
import type { Setting } from '../../src/model/fpm/setting.ts';

/** The lines of our own dump that php-fpm's does not have in that place, and the other way round. */
export function differences(master: Master, theirs: readonly string[]): readonly string[] {
  const ours = dumpMaster(master);
  const found: string[] = [];
  const settings = theirs.filter((line) => !line.startsWith('configuration file '));
  for (let i = 0; i < Math.max(ours.length, settings.length); i++) {
    // A `$` at the end of a line takes the line's end into the value.
    if (ours[i]?.trimEnd() !== settings[i]?.trimEnd())
      found.push(`php-fpm has "${settings[i]}", no502 "${ours[i]}"`);
  }
  return found;
}

/** A master's values in the form of `php-fpm -tt`: `[www]` then `pm.max_children = 5`, one line each. */
function dumpMaster(master: Master): readonly string[] {
  return [
    '[global]',
    ...globalLines(master),
    ...master.pools.flatMap((pool) => [`[${pool.name}]`, ...poolLines(pool)]),
  ];
}

function text(setting: Setting<string | number | undefined>): string {
  if (setting.kind === 'unknown') return `unknown: ${setting.why}`;
  return setting.value === undefined ? 'undefined' : String(setting.value);
}

function seconds(setting: Setting<number>): string {
  return `${text(setting)}s`;
}

function flag(setting: Setting<boolean>): string {
  if (setting.kind === 'unknown') return `unknown: ${setting.why}`;
  return setting.value ? 'yes' : 'no';
}

/** php-fpm keeps 64 for a priority that is not set, and prints it so. */
function priority(setting: Setting<number | undefined>): string {
  return setting.kind !== 'unknown' && setting.value === 64 ? 'undefined' : text(setting);
}

function globalLines({ settings }: Master): readonly string[] {
  const level = settings.logLevel;
  return [
    `pid = ${text(settings.pid)}`,
    `error_log = ${text(settings.errorLog)}`,
    `syslog.ident = ${text(orDefault(settings.syslogIdent, 'php-fpm'))}`,
    `syslog.facility = ${text(settings.syslogFacility)}`,
    `log_buffering = ${flag(settings.logBuffering)}`,
    // php-fpm prints its unset level before it replaces it.
    `log_level = ${level.kind === 'default' ? 'unknown value' : text(level).toUpperCase()}`,
    `log_limit = ${text(settings.logLimit)}`,
    `emergency_restart_interval = ${seconds(settings.emergencyRestartInterval)}`,
    `emergency_restart_threshold = ${text(settings.emergencyRestartThreshold)}`,
    `process_control_timeout = ${seconds(settings.processControlTimeout)}`,
    `process.max = ${text(settings.processMax)}`,
    `process.priority = ${priority(settings.processPriority)}`,
    `daemonize = ${flag(settings.daemonize)}`,
    `rlimit_files = ${text(settings.rlimitFiles)}`,
    `rlimit_core = ${text(settings.rlimitCore)}`,
    `events.mechanism = ${text(orDefault(settings.eventsMechanism, 'epoll')).toLowerCase()}`,
    `systemd_interval = ${seconds(settings.systemdInterval)}`,
  ];
}

function orDefault(setting: Setting<string | undefined>, value: string): Setting<string | undefined> {
  return setting.kind === 'default' ? { kind: 'default', value } : setting;
}

function poolLines(pool: Pool): readonly string[] {
  const written = pool.listenMode;
  return [
    `prefix = ${text(pool.prefix)}`,
    `user = ${text(pool.user)}`,
    `group = ${text(pool.group)}`,
    `listen = ${text(pool.listen)}`,
    `listen.backlog = ${text(pool.listenBacklog)}`,
    `listen.acl_users = ${text(pool.listenAclUsers)}`,
    `listen.acl_groups = ${text(pool.listenAclGroups)}`,
    `listen.owner = ${text(pool.listenOwner)}`,
    `listen.group = ${text(pool.listenGroup)}`,
    `listen.mode = ${written.kind === 'given' ? written.text : 'undefined'}`,
    `listen.allowed_clients = ${text(pool.listenAllowedClients)}`,
    `process.priority = ${priority(pool.processPriority)}`,
    `process.dumpable = ${flag(pool.processDumpable)}`,
    `pm = ${text(pool.pm)}`,
    `pm.max_children = ${text(pool.maxChildren)}`,
    `pm.start_servers = ${text(pool.startServers)}`,
    `pm.min_spare_servers = ${text(pool.minSpareServers)}`,
    `pm.max_spare_servers = ${text(pool.maxSpareServers)}`,
    `pm.max_spawn_rate = ${text(pool.maxSpawnRate)}`,
    `pm.process_idle_timeout = ${text(pool.processIdleTimeout)}`,
    `pm.max_requests = ${text(pool.maxRequests)}`,
    `pm.status_path = ${text(pool.statusPath)}`,
    `pm.status_listen = ${text(pool.statusListen)}`,
    `ping.path = ${text(pool.pingPath)}`,
    `ping.response = ${text(pool.pingResponse)}`,
    `access.log = ${text(pool.accessLog)}`,
    `access.format = ${text(pool.accessFormat)}`,
    ...pool.suppressPaths.map((entry) => `access.suppress_path[] = ${entry.value.text}`).reverse(),
    `slowlog = ${text(pool.slowlog)}`,
    `request_slowlog_timeout = ${seconds(pool.slowlogTimeout)}`,
    `request_slowlog_trace_depth = ${text(pool.slowlogTraceDepth)}`,
    `request_terminate_timeout = ${seconds(pool.terminateTimeout)}`,
    `request_terminate_timeout_track_finished = ${flag(pool.terminateTimeoutTrackFinished)}`,
    `rlimit_files = ${text(pool.rlimitFiles)}`,
    `rlimit_core = ${text(pool.rlimitCore)}`,
    `chroot = ${text(pool.chroot)}`,
    `chdir = ${text(pool.chdir)}`,
    `catch_workers_output = ${flag(pool.catchWorkersOutput)}`,
    `decorate_workers_output = ${flag(pool.decorateWorkersOutput)}`,
    `clear_env = ${flag(pool.clearEnv)}`,
    `security.limit_extensions = ${text(pool.limitExtensions)}`,
    ...pool.env.map(({ name, value }) => `env[${name}] = ${value.text}`).reverse(),
    ...defineLines(pool, false),
    ...defineLines(pool, true),
  ];
}

function defineLines(pool: Pool, isAdmin: boolean): readonly string[] {
  const directive = isAdmin ? 'php_admin_value' : 'php_value';
  return pool.phpDefines
    .filter((define) => define.isAdmin === isAdmin)
    .map(({ name, value }) => `${directive}[${name}] = ${value.text}`)
    .reverse();
}
