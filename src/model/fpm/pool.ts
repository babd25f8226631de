import type { FpmEntry } from '../../syntax/fpm/entry.ts';
import type { ProcessManager } from '../../syntax/fpm/value.ts';
import type { Span } from '../../syntax/source.ts';
import { isSocketPath, type ListenAddress, parseListen } from './listen-address.ts';
import { type FpmDirectories, underPrefix, withoutPrefix } from './paths.ts';
import { type PhpDefine, type PoolVariable, phpDefinesOf, variablesOf } from './php-define.ts';
import { knownValue, mapSetting, type Setting, settingsOf } from './setting.ts';

/**
 * One pool of a master: all sections of its name together, with php-fpm's defaults, its numbers as php-fpm computes them
 * and its paths in full. Times are in seconds.
 *
 * https://www.php.net/manual/en/install.fpm.configuration.php
 */
export interface Pool {
  readonly name: string;
  /** Its `[name]` lines, at least one. */
  readonly headers: readonly Span[];
  /** Its lines in reading order. */
  readonly entries: readonly FpmEntry[];
  /** True for the pool that php-fpm itself adds for another pool's `pm.status_listen`. */
  readonly isStatusPool: boolean;
  readonly prefix: Setting<string | undefined>;
  readonly user: Setting<string | undefined>;
  readonly group: Setting<string | undefined>;
  /** The address as text, a relative path in full. */
  readonly listen: Setting<string | undefined>;
  /** The same address, understood; `undefined` where there is none. */
  readonly listenAddress: ListenAddress | undefined;
  readonly listenBacklog: Setting<number>;
  readonly listenAclUsers: Setting<string | undefined>;
  readonly listenAclGroups: Setting<string | undefined>;
  readonly listenOwner: Setting<string | undefined>;
  readonly listenGroup: Setting<string | undefined>;
  /** Permission bits: `strtoul(..., 8)` of the text, 0660 where nothing sets it. */
  readonly listenMode: Setting<number>;
  /** The addresses that may connect by TCP; all of them where nothing sets it. */
  readonly listenAllowedClients: Setting<string | undefined>;
  /** -19 (most) to 20 (least); `undefined` keeps the master's. */
  readonly processPriority: Setting<number | undefined>;
  readonly processDumpable: Setting<boolean>;
  readonly pm: Setting<ProcessManager | undefined>;
  readonly maxChildren: Setting<number>;
  /** With `pm = dynamic` and nothing set, the middle between the spare servers. */
  readonly startServers: Setting<number>;
  readonly minSpareServers: Setting<number>;
  readonly maxSpareServers: Setting<number>;
  readonly maxSpawnRate: Setting<number>;
  readonly processIdleTimeout: Setting<number>;
  /** Requests after which a worker is replaced; 0 for never. */
  readonly maxRequests: Setting<number>;
  readonly statusPath: Setting<string | undefined>;
  readonly statusListen: Setting<string | undefined>;
  readonly pingPath: Setting<string | undefined>;
  readonly pingResponse: Setting<string | undefined>;
  readonly accessLog: Setting<string | undefined>;
  readonly accessFormat: Setting<string | undefined>;
  /** `access.suppress_path[]` in the order of its lines. */
  readonly suppressPaths: readonly FpmEntry[];
  readonly slowlog: Setting<string | undefined>;
  /** 0 for off. */
  readonly slowlogTimeout: Setting<number>;
  readonly slowlogTraceDepth: Setting<number>;
  /** 0 for off. */
  readonly terminateTimeout: Setting<number>;
  readonly terminateTimeoutTrackFinished: Setting<boolean>;
  /** 0 keeps the system's limit. */
  readonly rlimitFiles: Setting<number>;
  readonly rlimitCore: Setting<number>;
  readonly chroot: Setting<string | undefined>;
  readonly chdir: Setting<string | undefined>;
  readonly catchWorkersOutput: Setting<boolean>;
  readonly decorateWorkersOutput: Setting<boolean>;
  readonly clearEnv: Setting<boolean>;
  readonly limitExtensions: Setting<string>;
  readonly apparmorHat: Setting<string | undefined>;
  readonly env: readonly PoolVariable[];
  readonly phpDefines: readonly PhpDefine[];
}

const unset: Setting<string | undefined> = { kind: 'default', value: undefined };

/** The accept queue where nothing sets it: -1, the most the kernel allows, on Linux. */
export const defaultBacklog = -1;

/** Builds a pool from its lines. */
export function buildPool(
  name: string,
  headers: readonly Span[],
  entries: readonly FpmEntry[],
  directories: FpmDirectories,
  version: string | undefined,
): Pool {
  const read = settingsOf(entries, version);
  const prefix = underPrefix(read.text('prefix'), unset, directories.prefix);
  const full = (setting: string) => underPrefix(read.text(setting), prefix, directories.prefix);
  const listenText = read.text('listen');
  const written = knownValue(listenText);
  const listen =
    written !== undefined && isSocketPath(written)
      ? underPrefix(listenText, prefix, directories.prefix)
      : listenText;
  const chroot = chrootOf(read.text('chroot'), prefix, directories.prefix);
  // Not spread into the literal below: an object of so many properties is then built one by one.
  const { pm, startServers, minSpareServers, maxSpareServers } = spareServers(read);
  const pingPath = read.text('ping.path');
  const accessLog = full('access.log');
  const isChrooted = chroot.kind !== 'default';
  return {
    name,
    headers,
    entries,
    isStatusPool: false,
    prefix,
    user: read.text('user'),
    group: read.text('group'),
    listen,
    listenAddress: addressOf(listen),
    listenBacklog: backlogOf(read),
    listenAclUsers: read.text('listen.acl_users'),
    listenAclGroups: read.text('listen.acl_groups'),
    listenOwner: read.text('listen.owner'),
    listenGroup: read.text('listen.group'),
    listenMode: mapSetting(read.text('listen.mode'), (mode) => (mode ? octal(mode) : 0o660)),
    listenAllowedClients: read.text('listen.allowed_clients'),
    processPriority: read.optionalInteger('process.priority'),
    processDumpable: read.boolean('process.dumpable', false),
    pm,
    startServers,
    minSpareServers,
    maxSpareServers,
    maxChildren: read.integer('pm.max_children', 0),
    maxSpawnRate: read.integer('pm.max_spawn_rate', 32),
    processIdleTimeout: read.seconds('pm.process_idle_timeout', 10),
    maxRequests: read.integer('pm.max_requests', 0),
    statusPath: statusPathOf(read.text('pm.status_path'), read.text('pm.status_listen')),
    statusListen: read.text('pm.status_listen'),
    pingPath,
    pingResponse: pingResponseOf(pingPath, read.text('ping.response')),
    accessLog,
    accessFormat: accessFormatOf(accessLog, read.text('access.format')),
    suppressPaths: entries.filter((entry) => entry.name === 'access.suppress_path' && !entry.refused),
    slowlog: full('slowlog'),
    slowlogTimeout: read.seconds('request_slowlog_timeout', 0),
    slowlogTraceDepth: mapSetting(read.integer('request_slowlog_trace_depth', 20), (depth) => depth || 20),
    terminateTimeout: read.seconds('request_terminate_timeout', 0),
    terminateTimeoutTrackFinished: read.boolean('request_terminate_timeout_track_finished', false),
    rlimitFiles: read.integer('rlimit_files', 0),
    rlimitCore: read.coreLimit('rlimit_core'),
    chroot,
    chdir: full('chdir'),
    catchWorkersOutput: read.boolean('catch_workers_output', false),
    decorateWorkersOutput: read.boolean('decorate_workers_output', true),
    clearEnv: read.boolean('clear_env', true),
    limitExtensions: mapSetting(read.text('security.limit_extensions'), (list) => list ?? '.php .phar'),
    apparmorHat: read.text('apparmor_hat'),
    env: variablesOf(entries),
    phpDefines: phpDefinesOf(entries, knownValue(prefix), directories.prefix, isChrooted),
  };
}

type SpareServers = Pick<Pool, 'pm' | 'startServers' | 'minSpareServers' | 'maxSpareServers'>;

function spareServers(read: ReturnType<typeof settingsOf>): SpareServers {
  const pm = read.processManager('pm');
  const start = read.integer('pm.start_servers', 0);
  const min = read.integer('pm.min_spare_servers', 0);
  const max = read.integer('pm.max_spare_servers', 0);
  switch (knownValue(pm)) {
    case 'ondemand': {
      const none = (setting: Setting<number>) => mapSetting(setting, () => 0);
      return { pm, startServers: none(start), minSpareServers: none(min), maxSpareServers: none(max) };
    }
    case 'dynamic':
      return { pm, startServers: middle(start, min, max), minSpareServers: min, maxSpareServers: max };
    default:
      return { pm, startServers: start, minSpareServers: min, maxSpareServers: max };
  }
}

/** With `pm = ondemand` php-fpm raises what is below its default. */
function backlogOf(read: ReturnType<typeof settingsOf>): Setting<number> {
  const backlog = read.integer('listen.backlog', defaultBacklog);
  if (knownValue(read.processManager('pm')) !== 'ondemand') return backlog;
  return mapSetting(backlog, (length) => Math.max(length, defaultBacklog));
}

function middle(start: Setting<number>, min: Setting<number>, max: Setting<number>): Setting<number> {
  if (start.kind === 'unknown' || start.value > 0) return start;
  if (min.kind === 'unknown') return min;
  if (max.kind === 'unknown') return max;
  return { ...start, value: min.value + Math.trunc((max.value - min.value) / 2) };
}

function statusPathOf(
  path: Setting<string | undefined>,
  listen: Setting<string | undefined>,
): Setting<string | undefined> {
  return listen.kind === 'default' ? path : mapSetting(path, (value) => value ?? '/');
}

function pingResponseOf(
  path: Setting<string | undefined>,
  response: Setting<string | undefined>,
): Setting<string | undefined> {
  if (path.kind === 'unknown') return response;
  return path.value ? mapSetting(response, (text) => text ?? 'pong') : { kind: 'default', value: undefined };
}

/** The format where there is a log and nothing sets it. */
const defaultAccessFormat = '%R - %u %t "%m %r" %s';

function accessFormatOf(
  log: Setting<string | undefined>,
  format: Setting<string | undefined>,
): Setting<string | undefined> {
  return knownValue(log) ? mapSetting(format, (text) => text ?? defaultAccessFormat) : format;
}

/** `chroot` alone knows `$prefix`, and only at its start. */
function chrootOf(
  chroot: Setting<string | undefined>,
  poolPrefix: Setting<string | undefined>,
  prefix: string | undefined,
): Setting<string | undefined> {
  const text = knownValue(chroot);
  if (text === undefined || !text.startsWith('$prefix')) {
    return text?.includes('$prefix') ? chroot : underPrefix(chroot, poolPrefix, prefix);
  }
  if (poolPrefix.kind === 'unknown') return { ...poolPrefix, text };
  const base = poolPrefix.value ?? prefix;
  if (base === undefined) return withoutPrefix(chroot, text);
  return mapSetting(chroot, () => (text === '$prefix' ? base : `${base}/${text.slice('$prefix'.length)}`));
}

function addressOf(listen: Setting<string | undefined>): ListenAddress | undefined {
  if (listen.kind === 'unknown') return { kind: 'unknown', why: listen.why };
  return listen.value ? parseListen(listen.value) : undefined;
}

/** C's `strtoul(text, NULL, 8)`, cut to an int: digits up to the first that is none in base 8. */
function octal(text: string): number {
  let mode = 0;
  for (const digit of text.trimStart()) {
    if (digit < '0' || digit > '7') break;
    mode = (mode * 8 + Number(digit)) | 0;
  }
  return mode;
}
