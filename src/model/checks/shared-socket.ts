import type { Span } from '../../syntax/source.ts';
import type { Deployment } from '../deployment.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linksTo } from '../links/serves.ts';
import { modeText, nginxWorkerOf, ownershipOf } from './permission.ts';

/** A socket that two containers share and that nginx of the one may not open, since users are numbers there. */
export interface ForeignSocket {
  readonly master: Master;
  readonly pool: Pool;
  readonly listen: Span;
  readonly links: readonly Link[];
  /** nginx's worker where it runs, and one of its groups. */
  readonly worker: { readonly name: string; readonly uid: number; readonly gid: number };
  /** The socket as `ls -ln` shows it: `srw-rw---- 33:33`. */
  readonly shown: string;
  /** As nginx logs it. */
  readonly logged: string;
}

/**
 * The sockets on shared volumes that nginx of another container may not write to. The kernel compares numbers: `www-data`
 * is 33 in images of Debian and 82 in those of Alpine. Only where all numbers are known is anything said.
 */
export function foreignSockets({ hosts }: Deployment): readonly ForeignSocket[] {
  if (hosts.length === 1) return [];
  return hosts.flatMap((host) =>
    host.masters.flatMap((master) =>
      master.pools.flatMap((pool) => {
        const byDialer = hosts.flatMap((dialer) => {
          const links = linksTo(pool, host).filter(({ from }) => from === dialer.place && dialer !== host);
          return links.length > 0 ? [{ dialer, links }] : [];
        });
        return byDialer.flatMap(({ dialer, links }) => judge({ host, master, pool }, dialer, links) ?? []);
      }),
    ),
  );
}

interface Owned {
  readonly host: Host;
  readonly master: Master;
  readonly pool: Pool;
}

function judge(
  { host, master, pool }: Owned,
  dialer: Host,
  links: readonly Link[],
): ForeignSocket | undefined {
  const { listenOwner, listenGroup, listenMode, listenAclUsers, listenAclGroups, listenAddress } = pool;
  const listen = spanOf(pool.listen);
  const hasAcl = [listenAclUsers, listenAclGroups].some((list) => list.kind !== 'default');
  // A master that root did not start leaves the socket to whoever started it.
  if (listenAddress?.kind !== 'unix' || !listen || hasAcl || !master.isRoot) return undefined;
  if ([listenOwner, listenGroup, listenMode].some(({ kind }) => kind === 'unknown')) return undefined;
  const { uid, gid } = ownershipOf(knownValue(listenOwner), knownValue(listenGroup), host.users);
  const worker = nginxWorkerOf(dialer);
  const mode = knownValue(listenMode);
  if (uid === undefined || gid === undefined || worker?.uid === undefined || mode === undefined)
    return undefined;
  if (worker.uid === 0) return undefined;
  const bits = worker.uid === uid ? 0o200 : worker.gids.includes(gid) ? 0o020 : 0o002;
  if ((mode & bits) !== 0) return undefined;
  const target = links[0]?.peers.find(({ address }) => address?.kind === 'unix')?.target;
  return {
    master,
    pool,
    listen,
    links,
    worker: { name: worker.name, uid: worker.uid, gid: worker.gids[0] ?? worker.uid },
    shown: `${modeText(mode)} ${uid}:${gid}`,
    logged: target?.kind === 'address' ? target.logged : '',
  };
}
