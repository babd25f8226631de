import type { FirstProcess } from '../../load/php.ts';
import type { FpmConfig, FpmStretch } from '../../syntax/fpm/entry.ts';
import type { FpmProblem } from '../../syntax/fpm/problem.ts';
import type { FpmReading } from '../../syntax/fpm/reader.ts';
import type { PhpIni } from '../../syntax/php-ini/php-ini.ts';
import type { Source } from '../../syntax/source.ts';
import type { UnitLimit } from '../host/unit-limit.ts';
import { checkMaster } from './check-master.ts';
import { buildGlobalSettings, type GlobalSettings } from './global-settings.ts';
import { withNearEntry } from './near-entry.ts';
import type { FpmDirectories } from './paths.ts';
import { buildPool, type Pool } from './pool.ts';
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
  /** `php-fpm -R`: pools may run as root. Absent where nothing that was read starts it, such as in a container. */
  readonly allowsRoot?: boolean;
  /** Present where it is the first process of a container. */
  readonly firstProcess?: FirstProcess;
  /** Whether systemd gives it a /tmp of its own; absent where its unit was not read. */
  readonly hasPrivateTmp?: boolean;
  /** How many processes systemd allows it; absent where its unit says no number, or was not read. */
  readonly taskLimit?: UnitLimit;
  /** How much memory systemd allows it, in bytes; absent where its unit does not say, or was not read. */
  readonly memoryLimit?: UnitLimit;
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

/** What the files themselves do not say. */
export interface MasterOptions extends FpmDirectories {
  /** `8.2` or `8.2.36`. */
  readonly phpVersion?: string | undefined;
  /** Whether php-fpm is started as root; services are. Default true. */
  readonly isRoot?: boolean;
  /** `php-fpm -R`: pools may run as root. Absent where it is not known how it is started. */
  readonly allowsRoot?: boolean | undefined;
  readonly firstProcess?: FirstProcess | undefined;
  /** Whether systemd gives it a /tmp of its own. */
  readonly hasPrivateTmp?: boolean | undefined;
  readonly taskLimit?: UnitLimit | undefined;
  readonly memoryLimit?: UnitLimit | undefined;
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
  const globals = config.stretches.filter(({ section }) => section.kind === 'global');
  const settings = buildGlobalSettings(globals, options, phpVersion);
  const stretches = stretchesOf(config);
  const directories = { prefix: options.prefix, localstatedir: options.localstatedir };
  const pools = config.pools.map((name) =>
    buildPool(name, stretches.get(name) ?? [], directories, phpVersion),
  );
  const statusPools = pools.flatMap((pool) =>
    pool.statusListen.kind === 'default' ? [] : [buildStatusPool(pool, options.prefix)],
  );
  const complete = gaps.length === 0 && !options.isPart;
  const isRefused = reading.problems.some((problem) => problem.fatal);
  const checks = checkMaster({
    config,
    settings,
    pools,
    statusPools,
    // A line that php-fpm refuses may be the very one that seems to be missing.
    complete: complete && !isRefused,
    needsUser: isRoot && !options.allowsRoot,
  });
  return {
    configPath: config.main.path,
    title: options.title ?? (phpVersion === undefined ? config.main.path : `PHP ${minorOf(phpVersion)}`),
    ...(phpVersion === undefined ? {} : { phpVersion }),
    isRoot,
    ...(options.allowsRoot !== undefined && { allowsRoot: options.allowsRoot }),
    ...(options.firstProcess && { firstProcess: options.firstProcess }),
    ...(options.hasPrivateTmp !== undefined && { hasPrivateTmp: options.hasPrivateTmp }),
    ...(options.taskLimit && { taskLimit: options.taskLimit }),
    ...(options.memoryLimit && { memoryLimit: options.memoryLimit }),
    settings,
    pools,
    statusPools,
    ...(phpIni && { phpIni }),
    files: config.files,
    config,
    problems: [...reading.problems.map(withNearEntry), ...checks],
    complete,
    gaps,
  };
}

/**
 * Why the master does not start: the first of its problems that is fatal. `-t` for what `php-fpm -t` prints, which does
 * not look at addresses.
 */
export function refusalOf(master: Master, by: 'start' | '-t' = 'start'): FpmProblem | undefined {
  return master.problems.find((problem) => problem.fatal && (by === 'start' || problem.seenByTest));
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** The stretches of each pool by its name. */
function stretchesOf(config: FpmConfig): ReadonlyMap<string, readonly FpmStretch[]> {
  const byName = new Map<string, FpmStretch[]>();
  for (const stretch of config.stretches) {
    if (stretch.section.kind !== 'pool') continue;
    const same = byName.get(stretch.section.name);
    if (same) same.push(stretch);
    else byName.set(stretch.section.name, [stretch]);
  }
  return byName;
}
