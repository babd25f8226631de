import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { poolsSaying } from '../fpm/pools-saying.ts';
import type { GivenSetting, Setting } from '../fpm/setting.ts';
import type { Users } from '../host/users.ts';
import type { Host } from '../host.ts';

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
 * The accounts that php-fpm looks up when it starts and does not find. Numbers need not exist, but in access lists. A master that is not
 * started by root ignores `user` and `group`, but still looks up the owner of its sockets.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c
 */
export function missingAccounts({ masters, users }: Host): readonly MissingAccount[] {
  if (!users) return [];
  return masters.flatMap((master) => {
    const mayMiss = (pool: Pool) => missingOf(pool, true, master, users).length > 0;
    return poolsSaying(master.pools, namers, mayMiss).flatMap((pool) =>
      missingOf(pool, pool.listenAddress?.kind === 'unix', master, users),
    );
  });
}

/** Directives that name an account, of those in which pools of a kind differ. */
const namers = ['user', 'group', 'listen.owner', 'listen.group'] as const;

function missingOf(pool: Pool, isOnSocket: boolean, master: Master, users: Users): readonly MissingAccount[] {
  const missing: MissingAccount[] = [];
  const look = (
    kind: 'user' | 'group',
    setting: string,
    name: string,
    from: GivenSetting<string | undefined>,
    suffix = '',
  ) => {
    if (kind === 'user' ? users.user(name) : users.group(name)) return;
    const id = kind === 'user' ? 'uid' : 'gid';
    const log = `[pool ${pool.name}] cannot get ${id} for ${kind} '${name}'${suffix}`;
    missing.push({ master, pool, kind, name, setting, span: from.span, log, certain: users.complete });
  };
  const lookOne = (
    kind: 'user' | 'group',
    setting: string,
    value: Setting<string | undefined>,
    suffix?: string,
  ) => {
    if (value.kind !== 'given' || !value.value || /^\d+$/.test(value.value)) return;
    look(kind, setting, value.value, value, suffix);
  };
  // The list is cut at commas only, so that a blank belongs to the name; numbers are looked up like names.
  const lookAll = (kind: 'user' | 'group', setting: string, list: Setting<string | undefined>) => {
    if (list.kind !== 'given' || !list.value) return;
    for (const name of list.value.split(',')) look(kind, setting, name, list, success);
  };
  if (isOnSocket) {
    lookAll('user', 'listen.acl_users', pool.listenAclUsers);
    lookAll('group', 'listen.acl_groups', pool.listenAclGroups);
    const hasAcl = [pool.listenAclUsers, pool.listenAclGroups].some(
      (list) => list.kind === 'unknown' || Boolean(list.value),
    );
    if (!hasAcl) {
      lookOne('user', 'listen.owner', pool.listenOwner, success);
      lookOne('group', 'listen.group', pool.listenGroup, success);
    }
  }
  if (master.isRoot) {
    lookOne('user', 'user', pool.user);
    lookOne('group', 'group', pool.group);
  }
  return missing;
}

/** What php-fpm appends where it prints errno though nothing failed. */
const success = ': Success (0)';
