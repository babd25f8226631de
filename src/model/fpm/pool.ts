import type { FpmEntry, FpmStretch } from '../../syntax/fpm/entry.ts';
import type { ProcessManager } from '../../syntax/fpm/value.ts';
import type { Span } from '../../syntax/source.ts';
import { isSocketPath, type ListenAddress, parseListen } from './listen-address.ts';
import { type FpmDirectories, underPrefix, withoutPrefix } from './paths.ts';
import { type PhpDefine, type PoolVariable, phpDefineAt, variablesOf } from './php-define.ts';
import type { SectionLines } from './section-lines.ts';
import { knownValue, mapSetting, type Setting, Settings } from './setting.ts';

/**
 * One pool of a master: all sections of its name together, with php-fpm's defaults, its numbers as php-fpm computes them
 * and its paths in full. Times are in seconds.
 *
 * https://www.php.net/manual/en/install.fpm.configuration.php
 */
export interface Pool {
  readonly name: string;
  /** All its sections together. */
  readonly section: SectionLines;
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
  /** The line that counts for a php.ini directive. */
  phpDefine(name: string): PhpDefine | undefined;
}

const unset: Setting<string | undefined> = { kind: 'default', value: undefined };

/** The accept queue where nothing sets it: -1, the most the kernel allows, on Linux. */
export const defaultBacklog = -1;

/** Builds a pool from its lines. */
export function buildPool(
  name: string,
  stretches: readonly FpmStretch[],
  directories: FpmDirectories,
  version: string | undefined,
): Pool {
  return new WrittenPool(name, new Settings(stretches, version), directories);
}

/** A pool that reads a setting from its lines when it is asked for it: a host has ten thousand pools, and most are asked for few. */
export class WrittenPool implements Pool {
  readonly name: string;
  readonly section: Settings;
  readonly #directories: FpmDirectories;
  /** `none` where it listens nowhere; `undefined` until somebody asks. */
  #address: ListenAddress | 'none' | undefined;

  constructor(name: string, section: Settings, directories: FpmDirectories) {
    this.name = name;
    this.section = section;
    this.#directories = directories;
  }

  get headers(): readonly Span[] {
    return this.section.headers;
  }

  get entries(): readonly FpmEntry[] {
    return this.section.entries;
  }

  get isStatusPool(): boolean {
    return false;
  }

  get prefix(): Setting<string | undefined> {
    return underPrefix(this.section.text('prefix'), unset, this.#directories.prefix);
  }

  get user(): Setting<string | undefined> {
    return this.section.text('user');
  }

  get group(): Setting<string | undefined> {
    return this.section.text('group');
  }

  get listen(): Setting<string | undefined> {
    const written = this.section.text('listen');
    const text = knownValue(written);
    return text !== undefined && isSocketPath(text) ? this.#inFull(written) : written;
  }

  get listenAddress(): ListenAddress | undefined {
    this.#address ??= addressOf(this.listen) ?? 'none';
    return this.#address === 'none' ? undefined : this.#address;
  }

  get listenBacklog(): Setting<number> {
    const backlog = this.section.integer('listen.backlog', defaultBacklog);
    // With `pm = ondemand` php-fpm raises what is below its default.
    if (backlog.kind === 'default' || knownValue(this.pm) !== 'ondemand') return backlog;
    return mapSetting(backlog, (length) => Math.max(length, defaultBacklog));
  }

  get listenMode(): Setting<number> {
    return mapSetting(this.section.text('listen.mode'), (mode) => (mode ? octal(mode) : 0o660));
  }

  get listenAclUsers(): Setting<string | undefined> {
    return this.section.text('listen.acl_users');
  }

  get listenAclGroups(): Setting<string | undefined> {
    return this.section.text('listen.acl_groups');
  }

  get listenOwner(): Setting<string | undefined> {
    return this.section.text('listen.owner');
  }

  get listenGroup(): Setting<string | undefined> {
    return this.section.text('listen.group');
  }

  get listenAllowedClients(): Setting<string | undefined> {
    return this.section.text('listen.allowed_clients');
  }

  get processPriority(): Setting<number | undefined> {
    return this.section.optionalInteger('process.priority');
  }

  get processDumpable(): Setting<boolean> {
    return this.section.boolean('process.dumpable', false);
  }

  get pm(): Setting<ProcessManager | undefined> {
    return this.section.processManager('pm');
  }

  get maxChildren(): Setting<number> {
    return this.section.integer('pm.max_children', 0);
  }

  get startServers(): Setting<number> {
    const start = this.section.integer('pm.start_servers', 0);
    switch (knownValue(this.pm)) {
      case 'ondemand':
        return zero(start);
      case 'dynamic':
        return middle(start, this.minSpareServers, this.maxSpareServers);
      default:
        return start;
    }
  }

  get minSpareServers(): Setting<number> {
    return this.#unlessOnDemand(this.section.integer('pm.min_spare_servers', 0));
  }

  get maxSpareServers(): Setting<number> {
    return this.#unlessOnDemand(this.section.integer('pm.max_spare_servers', 0));
  }

  get maxSpawnRate(): Setting<number> {
    return this.section.integer('pm.max_spawn_rate', 32);
  }

  get processIdleTimeout(): Setting<number> {
    return this.section.seconds('pm.process_idle_timeout', 10);
  }

  get maxRequests(): Setting<number> {
    return this.section.integer('pm.max_requests', 0);
  }

  get statusPath(): Setting<string | undefined> {
    const path = this.section.text('pm.status_path');
    return this.statusListen.kind === 'default' ? path : mapSetting(path, (value) => value ?? '/');
  }

  get statusListen(): Setting<string | undefined> {
    return this.section.text('pm.status_listen');
  }

  get pingPath(): Setting<string | undefined> {
    return this.section.text('ping.path');
  }

  get pingResponse(): Setting<string | undefined> {
    const response = this.section.text('ping.response');
    const { pingPath } = this;
    if (pingPath.kind === 'unknown') return response;
    return pingPath.value ? mapSetting(response, (text) => text ?? 'pong') : unset;
  }

  get accessLog(): Setting<string | undefined> {
    return this.#path('access.log');
  }

  get accessFormat(): Setting<string | undefined> {
    const format = this.section.text('access.format');
    return knownValue(this.accessLog) ? mapSetting(format, (text) => text ?? defaultAccessFormat) : format;
  }

  get suppressPaths(): readonly FpmEntry[] {
    return this.section
      .entriesAt(this.section.keys.arrays.get('access.suppress_path'))
      .filter((entry) => !entry.refused);
  }

  get slowlog(): Setting<string | undefined> {
    return this.#path('slowlog');
  }

  get slowlogTimeout(): Setting<number> {
    return this.section.seconds('request_slowlog_timeout', 0);
  }

  get slowlogTraceDepth(): Setting<number> {
    return mapSetting(this.section.integer('request_slowlog_trace_depth', 20), (depth) => depth || 20);
  }

  get terminateTimeout(): Setting<number> {
    return this.section.seconds('request_terminate_timeout', 0);
  }

  get terminateTimeoutTrackFinished(): Setting<boolean> {
    return this.section.boolean('request_terminate_timeout_track_finished', false);
  }

  get rlimitFiles(): Setting<number> {
    return this.section.integer('rlimit_files', 0);
  }

  get rlimitCore(): Setting<number> {
    return this.section.coreLimit('rlimit_core');
  }

  get chroot(): Setting<string | undefined> {
    return chrootOf(this.section.text('chroot'), this.prefix, this.#directories.prefix);
  }

  get chdir(): Setting<string | undefined> {
    return this.#path('chdir');
  }

  get catchWorkersOutput(): Setting<boolean> {
    return this.section.boolean('catch_workers_output', false);
  }

  get decorateWorkersOutput(): Setting<boolean> {
    return this.section.boolean('decorate_workers_output', true);
  }

  get clearEnv(): Setting<boolean> {
    return this.section.boolean('clear_env', true);
  }

  get limitExtensions(): Setting<string> {
    return mapSetting(this.section.text('security.limit_extensions'), (list) => list ?? '.php .phar');
  }

  get apparmorHat(): Setting<string | undefined> {
    return this.section.text('apparmor_hat');
  }

  get env(): readonly PoolVariable[] {
    return variablesOf(this.section.entriesAt(this.section.keys.arrays.get('env')));
  }

  get phpDefines(): readonly PhpDefine[] {
    return this.section.keys.defines.flatMap((index) => this.#define(index) ?? []);
  }

  phpDefine(name: string): PhpDefine | undefined {
    for (const index of this.section.keys.phpSettings.get(name) ?? none) {
      const define = this.#define(index);
      if (define) return define;
    }
    return undefined;
  }

  #define(index: number): PhpDefine | undefined {
    return phpDefineAt(index, this, this.#directories.prefix);
  }

  #path(name: string): Setting<string | undefined> {
    return this.#inFull(this.section.text(name));
  }

  #inFull(path: Setting<string | undefined>): Setting<string | undefined> {
    return path.kind === 'default' ? path : underPrefix(path, this.prefix, this.#directories.prefix);
  }

  #unlessOnDemand(servers: Setting<number>): Setting<number> {
    return knownValue(this.pm) === 'ondemand' ? zero(servers) : servers;
  }
}

const none: readonly number[] = [];

/** The format where there is a log and nothing sets it. */
const defaultAccessFormat = '%R - %u %t "%m %r" %s';

function zero(servers: Setting<number>): Setting<number> {
  return mapSetting(servers, () => 0);
}

function middle(start: Setting<number>, min: Setting<number>, max: Setting<number>): Setting<number> {
  if (start.kind === 'unknown' || start.value > 0) return start;
  if (min.kind === 'unknown') return min;
  if (max.kind === 'unknown') return max;
  const between = min.value + Math.trunc((max.value - min.value) / 2);
  return mapSetting(start, () => between);
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
