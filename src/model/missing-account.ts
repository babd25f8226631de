import type { Span } from '../syntax/source.ts';
import type { Master } from './fpm/master.ts';
import type { Pool } from './fpm/pool.ts';
import type { Setting } from './fpm/setting.ts';
import type { Host } from './host.ts';
import type { Users } from './users.ts';

/** A user or a group that a pool names and that the host does not have. */
export interface MissingAccount {
  readonly master: Master;
  readonly pool: Pool;
  readonly kind: 'user' | 'group';
  readonly name: string;
  /** The setting that names it: `listen.owner`. */
  readonly setting: string;
  readonly span: Span;
  /** What php-fpm logs. */
  readonly log: string;
  /** False where a directory service might know the name. */
  readonly certain: boolean;
}

/**
 * The accounts that php-fpm looks up when it starts and does not find. Numbers need not exist. A master that is not
 * started by root ignores `user` and `group`, but still looks up the owner of its sockets.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c
 */
export function missingAccounts({ masters, users }: Host): readonly MissingAccount[] {
  if (!users) return [];
  return masters.flatMap((master) => master.pools.flatMap((pool) => missingOf(pool, master, users)));
}

function missingOf(pool: Pool, master: Master, users: Users): readonly MissingAccount[] {
  const missing: MissingAccount[] = [];
  const look = (
    kind: 'user' | 'group',
    setting: string,
    value: Setting<string | undefined>,
    suffix = '',
  ): void => {
    if (value.kind !== 'given' || !value.value || /^\d+$/.test(value.value)) return;
    const known = kind === 'user' ? users.user(value.value) : users.group(value.value);
    if (known) return;
    const id = kind === 'user' ? 'uid' : 'gid';
    const log = `[pool ${pool.name}] cannot get ${id} for ${kind} '${value.value}'${suffix}`;
    missing.push({
      master,
      pool,
      kind,
      name: value.value,
      setting,
      span: value.span,
      log,
      certain: users.complete,
    });
  };
  const hasAcl = [pool.listenAclUsers, pool.listenAclGroups].some(({ kind }) => kind !== 'default');
  if (pool.listenAddress?.kind === 'unix' && !hasAcl) {
    look('user', 'listen.owner', pool.listenOwner, ': Success (0)');
    look('group', 'listen.group', pool.listenGroup, ': Success (0)');
  }
  if (master.isRoot) {
    look('user', 'user', pool.user);
    look('group', 'group', pool.group);
  }
  return missing;
}
