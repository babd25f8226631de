import type { Span } from '../../syntax/source.ts';
import { spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import { answering, dialedBeyondPools } from '../links/dialed.ts';
import type { Link } from '../links/link.ts';
import { dialedAs } from '../links/serves.ts';

/** A socket in a /tmp that only one of the two services sees. */
export interface PrivateSocket {
  /** Whose socket it is: `the pool www`. */
  readonly title: string;
  readonly listen: Span;
  readonly links: readonly Link[];
  readonly logged: string;
  /** Whose /tmp is its own. */
  readonly owners: readonly string[];
}

/**
 * The sockets below /tmp and /var/tmp that nginx does not see, because systemd gives nginx or who listens a directory of
 * its own. https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateTmp=
 */
export function privateSockets(host: Host): readonly PrivateSocket[] {
  return [...ofPools(host), ...ofApps(host)];
}

function ofPools(host: Host): readonly PrivateSocket[] {
  return host.masters.flatMap((master) => {
    const owners = ownersOf(host, master.hasPrivateTmp, `php-fpm of ${master.title}`);
    if (owners.length === 0) return [];
    return master.pools.flatMap((pool) => {
      if (pool.listenAddress?.kind !== 'unix' || !isInTmp(pool.listenAddress.path)) return [];
      const listen = spanOf(pool.listen);
      const dialed = dialedAs(pool, host);
      return listen && dialed ? [{ title: `the pool ${pool.name}`, listen, owners, ...dialed }] : [];
    });
  });
}

function ofApps(host: Host): readonly PrivateSocket[] {
  return dialedBeyondPools(host).flatMap(({ peer, links }): readonly PrivateSocket[] => {
    const [listener] = answering(peer);
    const app = listener?.owner.kind === 'app' ? listener.owner.app : undefined;
    if (app?.address.kind !== 'unix' || !app.span || !isInTmp(app.address.path)) return [];
    const owners = ownersOf(host, app.process?.hasPrivateTmp, `the app ${app.name}`);
    const logged = peer.target.kind === 'address' ? peer.target.logged : '';
    return owners.length > 0
      ? [{ title: `the app ${app.name}`, listen: app.span, links, logged, owners }]
      : [];
  });
}

function ownersOf(host: Host, hasOwn: boolean | undefined, title: string): readonly string[] {
  return [...(hasOwn ? [title] : []), ...(host.nginxHasPrivateTmp ? ['nginx'] : [])];
}

function isInTmp(path: string): boolean {
  return /^\/(?:var\/)?tmp\//.test(path);
}
