import type { App } from '../apps/app.ts';
import type { Host } from '../host.ts';
import { isLoopback, isWildcard } from '../links/address.ts';
import { answering, type Dialed, dialedPeers } from '../links/dialed.ts';
import { liveSocket } from '../links/link.ts';

/** An address of this host that nginx dials and that no app, pool or server declares. */
export interface WrongPort {
  readonly dialed: Dialed;
  /** Declared apps of the same kind, socket or port, that nothing dials: one of them is most likely meant. */
  readonly idle: readonly App[];
  /** Declared apps on the same port of another address of this host. */
  readonly elsewhere: readonly App[];
}

/** Finds the dialed addresses that nobody declares. Without any declared app nothing is known, and nothing is reported. */
export function wrongPorts(host: Host): readonly WrongPort[] {
  if (host.apps.length === 0) return [];
  const dialed = dialedPeers(host);
  const busy = new Set(
    dialed.flatMap(({ peer }) =>
      answering(peer).flatMap(({ owner }) => (owner.kind === 'app' ? [owner.app] : [])),
    ),
  );
  return dialed.flatMap((each): readonly WrongPort[] => {
    const { address, result } = each.peer;
    if (!address || result.kind !== 'unknown' || result.why === liveSocket) return [];
    if (each.links.every(({ pass }) => pass.protocol === 'fastcgi')) return [];
    const same = host.apps.filter((app) => app.address.kind === address.kind);
    const idle = same.filter((app) => !busy.has(app));
    if (address.kind === 'unix') return idle.length > 0 ? [{ dialed: each, idle, elsewhere: [] }] : [];
    if (!isLoopback(address.host) && !isWildcard(address.host)) return [];
    const elsewhere = same.filter((app) => app.address.kind === 'tcp' && app.address.port === address.port);
    return [{ dialed: each, idle, elsewhere }];
  });
}
