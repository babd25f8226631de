import type { FpmConfig, FpmEntry } from '../../syntax/fpm/entry.ts';
import type { FpmProblem } from '../../syntax/fpm/problem.ts';
import type { FpmReading } from '../../syntax/fpm/reader.ts';
import type { PhpIni } from '../../syntax/php-ini/php-ini.ts';
import type { Source, Span } from '../../syntax/source.ts';
import { checkMaster } from './check-master.ts';
import { type FpmDirectories, underPrefix } from './paths.ts';
import { buildPool, type Pool } from './pool.ts';
import { knownValue, type Setting, settingsOf } from './setting.ts';
import { buildStatusPool } from './status-pool.ts';

/**
 * One php-fpm process tree: one main file with all that it includes. A fatal problem in any pool takes the whole
 * master down.
 */
export interface Master {
  /** The main file, as php-fpm opens it. */
  readonly configPath: string;
  /** As a person would name it: `PHP 8.2`, or the path where the version is not known. */
  readonly title: string;
  /** `8.2`; absent where it is not known. */
  readonly phpVersion?: string;
  /** True where php-fpm is started as root and drops to the pools' users, as services do. */
  readonly isRoot: boolean;
  readonly settings: GlobalSettings;
  /** In the order php-fpm opens them. */
  readonly pools: readonly Pool[];
  /** Pools that php-fpm adds for `pm.status_listen`. */
  readonly statusPools: readonly Pool[];
  /** php.ini and its conf.d; absent where they were not given. */
  readonly phpIni?: PhpIni;
  /** Every file read, the main one first. */
  readonly files: readonly Source[];
  readonly config: FpmConfig;
  /** In php-fpm's order: the first fatal one is what it prints before it stops. */
  readonly problems: readonly FpmProblem[];
  /** True where all of its configuration was read. */
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly gaps: readonly string[];
}

/** The settings of `[global]`. Times are in seconds. */
export interface GlobalSettings {
  readonly pid: Setting<string | undefined>;
  /** In full, or `syslog`. */
  readonly errorLog: Setting<string | undefined>;
  readonly syslogIdent: Setting<string | undefined>;
  readonly syslogFacility: Setting<number>;
  readonly logBuffering: Setting<boolean>;
  readonly logLevel: Setting<string>;
  /** In bytes. */
  readonly logLimit: Setting<number>;
  readonly emergencyRestartThreshold: Setting<number>;
  readonly emergencyRestartInterval: Setting<number>;
  readonly processControlTimeout: Setting<number>;
  /** The most workers of all pools together; 0 for no limit. */
  readonly processMax: Setting<number>;
  readonly processPriority: Setting<number | undefined>;
  readonly daemonize: Setting<boolean>;
  readonly rlimitFiles: Setting<number>;
  readonly rlimitCore: Setting<number>;
  readonly eventsMechanism: Setting<string | undefined>;
  readonly systemdInterval: Setting<number>;
}

/** What the files themselves do not say. */
export interface MasterOptions extends FpmDirectories {
  /** `8.2` or `8.2.36`. */
  readonly phpVersion?: string | undefined;
  /** Whether php-fpm is started as root; services are. Default true. */
  readonly isRoot?: boolean;
  /** `php-fpm -R`: pools may run as root. Default false. */
  readonly allowsRoot?: boolean;
  readonly phpIni?: PhpIni | undefined;
  /** As a person would name the master. */
  readonly title?: string;
  /** True where only part of the master was given, such as one pool file. */
  readonly isPart?: boolean;
}

/** Builds a master from what the reader read. Never throws. */
export function buildMaster(reading: FpmReading, options: MasterOptions): Master {
  const { config, gaps } = reading;
  const { phpVersion, phpIni, isRoot = true } = options;
  const settings = globalSettings(config, options);
  const pools = config.pools.map((name) =>
    buildPool(name, headersOf(config, name), entriesOf(config, name), options, phpVersion),
  );
  const statusPools = pools.flatMap((pool) =>
    pool.statusListen.kind === 'default' ? [] : [buildStatusPool(pool, options.prefix)],
  );
  const complete = gaps.length === 0 && !options.isPart;
  const checks = checkMaster({ config, settings, pools, statusPools, complete, options });
  return {
    configPath: config.main.path,
    title: options.title ?? (phpVersion === undefined ? config.main.path : `PHP ${minorOf(phpVersion)}`),
    ...(phpVersion === undefined ? {} : { phpVersion }),
    isRoot,
    settings,
    pools,
    statusPools,
    ...(phpIni && { phpIni }),
    files: config.files,
    config,
    problems: [...reading.problems, ...checks],
    complete,
    gaps,
  };
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function headersOf(config: FpmConfig, pool: string): readonly Span[] {
  return config.headers
    .filter(({ section }) => section.kind === 'pool' && section.name === pool)
    .map(({ span }) => span);
}

function entriesOf(config: FpmConfig, pool: string): readonly FpmEntry[] {
  return config.entries.filter(({ section }) => section.kind === 'pool' && section.name === pool);
}

function globalSettings(config: FpmConfig, options: MasterOptions): GlobalSettings {
  const entries = config.entries.filter(({ section }) => section.kind === 'global');
  const read = settingsOf(entries, options.phpVersion);
  const inState = (setting: Setting<string | undefined>) =>
    underPrefix(setting, { kind: 'default', value: undefined }, options.localstatedir);
  return {
    pid: inState(read.text('pid')),
    errorLog: errorLogOf(read.text('error_log'), inState),
    syslogIdent: read.text('syslog.ident'),
    syslogFacility: read.syslogFacility('syslog.facility', 24),
    logBuffering: read.boolean('log_buffering', true),
    logLevel: read.logLevel('log_level', 'notice'),
    logLimit: read.integer('log_limit', 1024),
    emergencyRestartThreshold: read.integer('emergency_restart_threshold', 0),
    emergencyRestartInterval: read.seconds('emergency_restart_interval', 0),
    processControlTimeout: read.seconds('process_control_timeout', 0),
    processMax: read.integer('process.max', 0),
    processPriority: read.optionalInteger('process.priority'),
    daemonize: read.boolean('daemonize', true),
    rlimitFiles: read.integer('rlimit_files', 0),
    rlimitCore: read.coreLimit('rlimit_core'),
    eventsMechanism: read.text('events.mechanism'),
    systemdInterval: read.seconds('systemd_interval', 10),
  };
}

function errorLogOf(
  setting: Setting<string | undefined>,
  inState: (setting: Setting<string | undefined>) => Setting<string | undefined>,
): Setting<string | undefined> {
  if (setting.kind === 'default') return inState({ kind: 'default', value: 'log/php-fpm.log' });
  return knownValue(setting)?.toLowerCase() === 'syslog' ? setting : inState(setting);
}
