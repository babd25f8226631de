import { UsageError } from '../load/usage-error.ts';
import { comparePhpVersions, phpVersionIn } from '../model/php-version.ts';
import { socketWords } from './socket-words.ts';
import type { UpgradeHost } from './upgrade-host.ts';

/** Which versions a user asked for. */
export interface AskedVersions {
  readonly from?: string;
  readonly to?: string;
}

/** From which version to which a host goes. */
export interface Versions {
  readonly to: string;
  /** Absent where nothing shows another version than `to`. */
  readonly from?: string;
  /** Further versions below `to` that run, or that nginx names though nothing of them runs. */
  readonly others: readonly string[];
}

/**
 * Finds the versions that the user did not tell. `to` is the highest that is installed; `from` one that nginx names and that has no
 * pool any more, else the one below `to` that is installed: of several the highest.
 *
 * @throws UsageError where no version is known.
 */
export function findVersions(host: UpgradeHost, asked: AskedVersions): Versions {
  const running = versionsOf(host.host.masters);
  const to = asked.to ?? highest(running);
  if (to === undefined) {
    throw new UsageError('no php-fpm was found whose version is known; give --from 8.1 and --to 8.3');
  }
  const isOlder = (version: string): boolean => comparePhpVersions(version, to) < 0;
  const dead = namedAndDead(host).filter((version) => isOlder(version) && !running.includes(version));
  const older = running.filter(isOlder);
  const left = versionsOf(host.leftovers).filter(isOlder);
  const from = asked.from ?? highest(dead) ?? highest(older) ?? highest(left);
  if (from === to) throw new UsageError(`--from and --to are both ${to}`);
  const others = [...new Set([...dead, ...older])].filter((version) => version !== from);
  return { to, ...(from !== undefined && { from }), others: others.sort(comparePhpVersions) };
}

function versionsOf(masters: UpgradeHost['leftovers']): readonly string[] {
  return [...new Set(masters.flatMap(({ phpVersion }) => phpVersion ?? []))];
}

function highest(versions: readonly string[]): string | undefined {
  return [...versions].sort(comparePhpVersions).at(-1);
}

/** The versions of sockets that nginx names and nobody listens on. */
function namedAndDead({ host }: UpgradeHost): readonly string[] {
  const versions = new Set<string>();
  for (const { address } of socketWords(host)) {
    const version = phpVersionIn(address.path);
    if (version !== undefined && host.listeners.find(address).length === 0) versions.add(version);
  }
  return [...versions];
}
