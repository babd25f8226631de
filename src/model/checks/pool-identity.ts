import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { poolsSaying } from '../fpm/pools-saying.ts';
import { knownValue, type Setting } from '../fpm/setting.ts';
import type { Users } from '../host/users.ts';
import type { Host } from '../host.ts';
import { oncePer } from '../once-per.ts';
import { comparePhpVersions } from '../php-version.ts';

/** A pool whose workers would run as root or in its group, which php-fpm refuses unless it is started with `-R`. */
export interface RootPool {
  readonly master: Master;
  readonly pool: Pool;
  /** `user` and `group`: root itself. `numeric`: a user by number, whose group is not set and is not looked up or found. */
  readonly by: 'user' | 'group' | 'numeric';
  readonly span: Span;
  /** False where php-fpm may be started with `-R`, or where a directory service may know the user. */
  readonly certain: boolean;
}

/**
 * The pools that php-fpm takes for those of root. A user by name brings its group; one by number does so since PHP 8.2,
 * where passwd has it; what is not set stays 0.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c, fpm_unix_conf_wp
 */
export const rootPools = oncePer(({ masters, users }: Host): readonly RootPool[] =>
  masters.flatMap((master) => {
    if (!master.isRoot || master.allowsRoot === true) return [];
    const isOfRoot = (pool: Pool) => judge(pool, master, users) !== undefined;
    return poolsSaying(master.pools, ['user', 'group'], isOfRoot).flatMap(
      (pool) => judge(pool, master, users) ?? [],
    );
  }),
);

function judge(pool: Pool, master: Master, users: Users | undefined): RootPool | undefined {
  const { user, group } = pool;
  if (user.kind !== 'given' || group.kind === 'unknown') return undefined;
  const certain = master.allowsRoot === false;
  const name = user.value ?? '';
  const found = { master, pool, certain };
  if (name === '' || isRoot(name)) return { ...found, by: 'user', span: user.span };
  if (knownValue(group)) {
    return group.kind === 'given' && isRoot(group.value ?? '')
      ? { ...found, by: 'group', span: group.span }
      : undefined;
  }
  if (!/^\d+$/.test(name)) {
    return users?.user(name)?.gid === 0 ? { ...found, by: 'group', span: user.span } : undefined;
  }
  const brings = bringsGroup(user, master, users);
  return brings === 'yes'
    ? undefined
    : { ...found, by: 'numeric', span: user.span, certain: certain && brings === 'no' };
}

/** Whether a user given by number brings the group that passwd has for it. */
function bringsGroup(
  user: Setting<string | undefined>,
  { phpVersion }: Master,
  users: Users | undefined,
): 'yes' | 'no' | 'unknown' {
  if (phpVersion !== undefined && comparePhpVersions(phpVersion, '8.2') < 0) return 'no';
  const known = users?.userById(Number(knownValue(user)));
  if (known) return phpVersion === undefined ? 'unknown' : known.gid === 0 ? 'no' : 'yes';
  return users?.complete ? 'no' : 'yes';
}

function isRoot(name: string): boolean {
  return name === 'root' || /^0+$/.test(name);
}
