import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { dialedAs } from '../links/serves.ts';

/** A pool's socket in a /tmp that only one of the two services sees. */
export interface PrivateSocket {
  readonly master: Master;
  readonly pool: Pool;
  readonly listen: Span;
  readonly links: readonly Link[];
  readonly logged: string;
  /** Whose /tmp is its own. */
  readonly owners: readonly string[];
}

/**
 * The sockets below /tmp and /var/tmp that nginx does not see, because systemd gives php-fpm or nginx a directory of its
 * own. https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateTmp=
 */
export function privateSockets(host: Host): readonly PrivateSocket[] {
  return host.masters.flatMap((master) => {
    const owners = [
      ...(master.hasPrivateTmp ? [`php-fpm of ${master.title}`] : []),
      ...(host.nginxHasPrivateTmp ? ['nginx'] : []),
    ];
    if (owners.length === 0) return [];
    return master.pools.flatMap((pool) => {
      const listen = spanOf(pool.listen);
      if (pool.listenAddress?.kind !== 'unix' || !listen) return [];
      if (!/^\/(?:var\/)?tmp\//.test(pool.listenAddress.path)) return [];
      const dialed = dialedAs(pool, host);
      return dialed ? [{ master, pool, listen, owners, ...dialed }] : [];
    });
  });
}
