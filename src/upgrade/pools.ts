import { addressOf } from '../model/fpm/meant-listen.ts';
import { knownValue, placeOf } from '../model/fpm/setting.ts';
import type { Address } from '../model/links/address.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import type { FpmEntry } from '../syntax/fpm/entry.ts';
import { removedOnTheWay } from './removed-settings.ts';
import { accountOf, type OwnedPool, type Scope } from './scope.ts';
import type { LostPool, ValueChange } from './upgrade.ts';

/** The pools of the old version that nothing of the new one stands in for. */
export function lostPools(scope: Scope): readonly LostPool[] {
  return scope.oldPools.all.flatMap((owned) => {
    const [at] = owned.pool.headers;
    if (!at || heirOf(owned, scope)) return [];
    const { pool } = owned;
    const user = accountOf(pool);
    const listen = knownValue(pool.listen);
    const newListen = listen === undefined ? undefined : scope.text.rename(listen);
    return [
      {
        name: pool.name,
        at,
        target: scope.text.rename(at.source.path),
        ...(user !== undefined && { user }),
        ...(listen !== undefined && { listen }),
        ...(newListen !== undefined && { newListen }),
        collides: listen !== undefined && listen === newListen,
        affects: [...visitorsOf(scope.linksOf(pool).map(({ pass }) => pass.server))],
      },
    ];
  });
}

/** Lines of pools that both versions have and that the new one sets otherwise, or not at all. */
export function poolChanges(scope: Scope): readonly ValueChange[] {
  return scope.oldPools.all.flatMap((owned) => {
    const heir = heirOf(owned, scope);
    if (!heir) return [];
    const theirs = lastOfEach(heir.pool.entries);
    return [...lastOfEach(owned.pool.entries)].flatMap(([name, entry]): ValueChange[] => {
      const now = theirs.get(name);
      const { text } = entry.value;
      const php = entry.arrayKey?.text;
      if (php !== undefined && removedOnTheWay(php, scope.from, scope.to) !== undefined) return [];
      if (entry.refused || now?.value.text === scope.text.rename(text)) return [];
      return [
        {
          name,
          pool: owned.pool.name,
          value: text,
          at: placeOf(entry),
          ...(now && { now: { value: now.value.text, at: placeOf(now) } }),
        },
      ];
    });
  });
}

/** The pool of the new version that takes over: one of the same name, or one at the renamed address. */
function heirOf({ pool }: OwnedPool, { newPools, text }: Scope): OwnedPool | undefined {
  const address = addressOf(pool.listenAddress);
  const renamed: Address | undefined =
    address?.kind === 'unix' ? { kind: 'unix', path: text.rename(address.path) } : address;
  return newPools.named(pool.name) ?? (renamed && newPools.at(renamed));
}

/** By directive, arrays with what stands between their brackets: of several lines the last one, of array elements the first. */
function lastOfEach(entries: readonly FpmEntry[]): ReadonlyMap<string, FpmEntry> {
  const kept = new Map<string, FpmEntry>();
  for (const entry of entries) {
    const name = entry.arrayKey ? `${entry.name}[${entry.arrayKey.text}]` : entry.name;
    if (!entry.arrayKey || !kept.has(name)) kept.set(name, entry);
  }
  return kept;
}
