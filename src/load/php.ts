import { baseName } from '../syntax/path-parts.ts';
import type { Span } from '../syntax/source.ts';
import { fpmOptions } from './fpm-options.ts';
import { joinPath } from './path-resolver.ts';
import {
  fillIn,
  LAYOUTS,
  type LayoutName,
  type LayoutRow,
  type LayoutVersion,
  versionIn,
} from './php-layouts.ts';
import type { Root } from './root.ts';
import { phpServices, type ServiceState, type ServiceUnit, serviceState } from './systemd-units.ts';

/** One php-fpm master of a host: which file it starts from, and what its binary has built in. */
export interface MasterLayout {
  /** The main file, `php-fpm.conf`. */
  readonly configPath: string;
  readonly layout: LayoutName;
  /** `8.2`; absent where neither path nor binary tells. */
  readonly phpVersion?: string;
  /** Where relative includes, sockets and logs start: `php-fpm -p`, else `PHP_PREFIX`. Absent where it is not known. */
  readonly prefix?: string;
  /** Where a relative `pid` or `error_log` starts: `PHP_LOCALSTATEDIR`. */
  readonly localstatedir?: string;
  /** php.ini, which need not exist. */
  readonly iniFile?: string;
  /** The directory whose `*.ini` are read after php.ini, in the order of their names. */
  readonly scanDir?: string;
  /** The program, for a person: `/usr/sbin/php-fpm8.2`. */
  readonly binaryHint?: string;
  /** The service that starts it, where a unit is known. */
  readonly service?: {
    readonly unit: string;
    readonly state: ServiceState;
    readonly user?: string;
    /** `php-fpm -R`: pools may run as root. */
    readonly allowsRoot?: true;
  };
  /** Present where it is the first process of a container. */
  readonly firstProcess?: FirstProcess;
}

/** php-fpm as the first process of a container, which ends as soon as that process goes into the background. */
export interface FirstProcess {
  /** What `-D` and `-F` say, whatever `daemonize` does; absent where it is started with neither. */
  readonly inBackground?: boolean;
  /** What decides which files it reads: the mount over its pools, or else the service. */
  readonly span: Span;
}

/** A unit that starts a php-fpm from a file that is not known, or a directory that the user who runs no502 may not see. */
export interface UnresolvedMaster {
  /** The unit's name or the path. */
  readonly place: string;
  readonly why: string;
}

/** All masters of a host. */
export interface FoundMasters {
  readonly masters: readonly MasterLayout[];
  /** Where there may be more that could not be seen: while there is any, "nobody listens" cannot be proved. */
  readonly unresolved: readonly UnresolvedMaster[];
}

/** Finds every php-fpm master of a host: the packages' usual places, then the `ExecStart` of its systemd units. */
export function findMasters(root: Root): FoundMasters {
  const masters = new Map<string, MasterLayout>();
  const unresolved: UnresolvedMaster[] = [];
  for (const row of LAYOUTS) {
    for (const found of versionsOf(root, row, unresolved)) {
      const { path } = root.resolve(fillIn(row.config, found));
      if (!masters.has(path)) masters.set(path, masterOf(root, row, found));
    }
  }
  for (const unit of phpServices(root)) {
    const started = masterOfUnit(root, unit);
    if (started === undefined) continue;
    if ('why' in started) {
      unresolved.push({ place: unit.name, why: started.why });
      continue;
    }
    const { path } = root.resolve(started.configPath);
    const known = masters.get(path);
    masters.set(path, known ? withService(known, started) : started);
  }
  return { masters: [...masters.values()], unresolved };
}

/** A unit's own options are stronger than what the package has built in. */
function withService(known: MasterLayout, started: MasterLayout): MasterLayout {
  const { service, prefix = known.prefix, iniFile = known.iniFile } = started;
  return {
    ...known,
    ...(prefix && { prefix }),
    ...(iniFile && { iniFile }),
    ...(service && { service }),
  };
}

/** The versions of one row that the host has a configuration of, in the order of their numbers. */
function versionsOf(root: Root, row: LayoutRow, unresolved: UnresolvedMaster[]): readonly LayoutVersion[] {
  function isThere(path: string): boolean {
    const resolved = root.resolve(path);
    if (resolved.kind === 'denied' || resolved.kind === 'failed') {
      unresolved.push({ place: path, why: resolved.message });
    }
    return resolved.kind === 'found';
  }
  const open = row.config.indexOf('{');
  if (open === -1) return isThere(row.config) ? [{ digits: '' }] : [];
  const directory = row.config.slice(0, row.config.lastIndexOf('/', open));
  const rest = row.config.slice(row.config.indexOf('/', open));
  const component = row.config.slice(directory.length + 1, row.config.length - rest.length);
  const listing = root.list(directory);
  if (listing.kind === 'denied' || listing.kind === 'failed') {
    unresolved.push({ place: directory, why: listing.message });
  }
  const found: LayoutVersion[] = [];
  for (const name of listing.kind === 'listed' ? listing.names : []) {
    const version = versionIn(component, name);
    if (version && isThere(`${directory}/${name}${rest}`)) found.push(version);
  }
  return found.sort((a, b) => Number(a.digits) - Number(b.digits));
}

function masterOf(root: Root, row: LayoutRow, found: LayoutVersion): MasterLayout {
  const unit = row.unit && fillIn(row.unit, found);
  return {
    configPath: fillIn(row.config, found),
    layout: row.layout,
    ...builtIn(row, found),
    ...(unit && { service: { unit, state: serviceState(root, unit) } }),
  };
}

function builtIn(row: LayoutRow, found: LayoutVersion): Omit<MasterLayout, 'configPath' | 'layout'> {
  const phpVersion = found.version ?? row.version;
  return {
    ...(phpVersion !== undefined && { phpVersion }),
    prefix: fillIn(row.prefix, found),
    localstatedir: fillIn(row.localstatedir, found),
    iniFile: fillIn(row.ini, found),
    scanDir: fillIn(row.scanDir, found),
    binaryHint: fillIn(row.binary, found),
  };
}

/** What a master has built in that is started from `configPath` by a program at `binary`. */
function builtInto(binary: string): Omit<MasterLayout, 'configPath' | 'layout'> {
  for (const row of LAYOUTS) {
    const found = versionIn(row.binary, binary);
    if (found) return builtIn(row, found);
  }
  return { binaryHint: binary };
}

/** Nothing where the unit starts something else, or a php-fpm from the place it has built in, which the layouts cover. */
function masterOfUnit(root: Root, unit: ServiceUnit): MasterLayout | { readonly why: string } | undefined {
  const index = unit.command.findIndex((word) => isFpm(word));
  const binary = unit.command[index];
  if (binary === undefined) return undefined;
  const words = unit.command.slice(index + 1);
  const { prefix, ini, ...options } = fpmOptions(words);
  const known = builtInto(binary);
  const config = options.config ?? defaultConfig(prefix, known, binary);
  if (config === undefined) return undefined;
  if (config.includes('$') || config.includes('%')) return { why: `its configuration file is ${config}` };
  if (!config.startsWith('/')) return { why: `its configuration file ${config} is relative` };
  const resolved = root.resolve(config);
  if (resolved.kind === 'missing') return undefined;
  if (resolved.kind !== 'found') return { why: `${config}: ${resolved.message}` };
  const service = {
    unit: unit.name,
    state: serviceState(root, unit.name),
    ...(unit.user && { user: unit.user }),
    ...((words.includes('-R') || words.includes('--allow-to-run-as-root')) && { allowsRoot: true as const }),
  };
  return {
    configPath: config,
    layout: 'custom',
    ...known,
    ...(prefix && { prefix }),
    ...(ini && { iniFile: iniAt(root, ini) }),
    service,
  };
}

/** Without `-y`: below `-p`, else below the directory of the program. What the layouts know is found without the unit. */
function defaultConfig(
  prefix: string | undefined,
  known: { prefix?: string },
  binary: string,
): string | undefined {
  if (prefix) return joinPath(prefix, 'etc/php-fpm.conf');
  const bin = binary.lastIndexOf('/sbin/');
  return known.prefix !== undefined || bin === -1 ? undefined : `${binary.slice(0, bin)}/etc/php-fpm.conf`;
}

/** `-c` takes a file, or a directory to look for php.ini in. */
function iniAt(root: Root, path: string): string {
  const resolved = root.resolve(path);
  const isDirectory = resolved.kind === 'found' && resolved.status.kind === 'directory';
  return isDirectory ? joinPath(path, 'php.ini') : path;
}

function isFpm(word: string): boolean {
  const name = baseName(word);
  return name.startsWith('php') && name.includes('fpm') && !name.includes('.conf') && !name.includes('.pid');
}
