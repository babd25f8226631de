import { isSocketPath, parseListen } from './listen-address.ts';
import { underPrefix } from './paths.ts';
import { buildPool, type Pool } from './pool.ts';
import { knownValue } from './setting.ts';

/**
 * The pool that php-fpm adds for another's `pm.status_listen`: named `<pool>_status`, on demand, two workers, with the
 * other's user and socket permissions. It takes part in the check for pools that share an address.
 *
 * https://www.php.net/manual/en/install.fpm.configuration.php#pm.status-listen
 */
export function buildStatusPool(pool: Pool, prefix: string | undefined): Pool {
  const bare = buildPool(`${pool.name}_status`, pool.headers, [], { prefix }, undefined);
  const text = knownValue(pool.statusListen);
  // Only php-fpm's own prefix counts here: the pool's is not handed on.
  const listen =
    text !== undefined && isSocketPath(text)
      ? underPrefix(pool.statusListen, bare.prefix, prefix)
      : pool.statusListen;
  return {
    ...bare,
    isStatusPool: true,
    listen,
    listenAddress:
      listen.kind === 'unknown'
        ? { kind: 'unknown', why: listen.why }
        : listen.value
          ? parseListen(listen.value)
          : undefined,
    listenAclUsers: pool.listenAclUsers,
    listenAclGroups: pool.listenAclGroups,
    listenAllowedClients: pool.listenAllowedClients,
    listenOwner: pool.listenOwner,
    listenGroup: pool.listenGroup,
    listenMode: pool.listenMode,
    user: pool.user,
    group: pool.group,
    statusPath: pool.statusPath,
    pm: { kind: 'default', value: 'ondemand' },
    maxChildren: { kind: 'default', value: 2 },
  };
}
