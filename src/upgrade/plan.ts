import { missingExtensions } from './extensions.ts';
import { fpmPointers } from './fpm-pointers.ts';
import { layoutOf } from './layout.ts';
import { nginxPointers } from './nginx-pointers.ts';
import { phpChanges } from './php-changes.ts';
import { lostPools, poolChanges } from './pools.ts';
import { refusalsOf } from './refusals.ts';
import { type Scope, scopeOf } from './scope.ts';
import { stepsOf } from './steps.ts';
import { textPointers } from './text-pointers.ts';
import type { Upgrade, VersionState } from './upgrade.ts';
import { type HostPlace, readUpgradeHost } from './upgrade-host.ts';
import { type AskedVersions, findVersions } from './versions.ts';

/** Which host is to be upgraded, and from which version to which, as far as the user tells. */
export interface UpgradeRequest extends Omit<HostPlace, 'php'>, AskedVersions {}

/** A plan, or the one version of a host that nothing else shows beside. */
export type Planned =
  | { readonly kind: 'upgrade'; readonly upgrade: Upgrade }
  | { readonly kind: 'single'; readonly host: string; readonly version: string };

/**
 * Finds all that a host needs to go from one PHP version to another. Reads only.
 *
 * @throws UsageError where there is no host, or no version of it is known.
 */
export async function planUpgrade({ from, to, ...place }: UpgradeRequest): Promise<Planned> {
  const host = await readUpgradeHost({ ...place, ...(to !== undefined && { php: to }) });
  const versions = findVersions(host, {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  });
  if (versions.from === undefined) return { kind: 'single', host: host.input.name, version: versions.to };
  const scope = scopeOf(host, versions.from, versions.to);
  const { values, unknown } = phpChanges(scope);
  const facts = {
    host: host.input.name,
    from: stateOf(scope.from, scope),
    to: stateOf(scope.to, scope),
    others: versions.others,
    pointers: [...nginxPointers(scope), ...fpmPointers(scope), ...textPointers(scope)],
    lostPools: lostPools(scope),
    poolChanges: poolChanges(scope),
    refusals: refusalsOf(scope),
    extensions: missingExtensions(scope),
    phpValues: values,
    ...(unknown !== undefined && { phpValuesUnknown: unknown }),
  };
  const steps = stepsOf({
    ...facts,
    text: scope.text,
    oldLayout: layoutOf(scope.from, host.input),
    newLayout: layoutOf(scope.to, host.input),
    isRefused: scope.newMasters.some(({ problems }) => problems.some(({ fatal }) => fatal)),
    ...(place.root !== undefined && { root: place.root }),
  });
  return { kind: 'upgrade', upgrade: { ...facts, steps } };
}

function stateOf(version: string, scope: Scope): VersionState {
  const isOld = version === scope.from;
  const masters = isOld ? scope.oldMasters : scope.newMasters;
  const { all } = isOld ? scope.oldPools : scope.newPools;
  const runs = masters.some((master) => scope.host.masters.includes(master));
  return {
    version,
    state: runs ? 'runs' : masters.length > 0 ? 'leftover' : 'absent',
    pools: all.map(({ pool }) => pool.name),
  };
}
