import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { spanOf } from '../fpm/setting.ts';
import type { Listener } from '../links/listener.ts';
import { comparePhpVersions } from '../php-version.ts';

/** The link that Debian's packages keep: no pool ever names it. */
const debianLink = '/run/php/php-fpm.sock';

/**
 * Who answers at `/run/php/php-fpm.sock` on Debian and Ubuntu. Each php-fpm service offers what the `listen` of its own
 * `pool.d/www.conf` says, and update-alternatives takes the highest version.
 * https://salsa.debian.org/php-team/php, debian/php-fpm-socket-helper
 */
export function alternativesListener(masters: readonly Master[]): readonly Listener[] {
  const offers = masters.flatMap((master) => {
    const path = `/etc/php/${master.phpVersion}/fpm/pool.d/www.conf`;
    const pool = master.pools.find((each) => isDebianDefault(each, path));
    return pool ? [{ master, pool }] : [];
  });
  const [first] = offers.sort((one, other) =>
    comparePhpVersions(other.master.phpVersion ?? '', one.master.phpVersion ?? ''),
  );
  if (!first) return [];
  const { master, pool } = first;
  const span = spanOf(pool.listen);
  return [
    {
      address: { kind: 'unix', path: debianLink },
      protocol: 'fastcgi',
      owner: { kind: 'pool', pool, master },
      isAlias: true,
      ...(span && { span }),
      title: `the pool ${pool.name} of ${master.title}`,
    },
  ];
}

function isDebianDefault(pool: Pool, path: string): boolean {
  if (pool.section.stretches.every(({ source }) => source.path !== path)) return false;
  return pool.listenAddress?.kind === 'unix' && spanOf(pool.listen)?.source.path === path;
}
