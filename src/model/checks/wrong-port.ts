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
  /** Why somebody may listen there all the same, as it reads behind "unless"; absent where nobody can. */
  readonly doubt?: string;
}

/**
 * Finds the dialed addresses that nobody declares. Without any declared app nothing is known, and nothing is reported; nor
 * is it where the apps were found and each of them is dialed, for what is found need not be all there is.
 */
export function wrongPorts(host: Host): readonly WrongPort[] {
  if (host.apps.length === 0) return [];
  const dialed = dialedPeers(host);
  const busy = new Set(
    dialed.flatMap(({ peer }) =>
      answering(peer).flatMap(({ owner }) => (owner.kind === 'app' ? [owner.app] : [])),
    ),
  );
  const hasGiven = host.apps.some(isGiven);
  return dialed.flatMap((each): readonly WrongPort[] => {
    const { address, result } = each.peer;
    if (!address || result.kind !== 'unknown' || result.why === liveSocket) return [];
    if (each.links.every(({ pass }) => pass.protocol === 'fastcgi')) return [];
    if (address.kind === 'tcp' && !isLoopback(address.host) && !isWildcard(address.host)) return [];
    const same = host.apps.filter((app) => app.address.kind === address.kind);
    const idle = same.filter((app) => !app.isPackaged && !busy.has(app));
    const elsewhere = same.filter(
      (app) => address.kind === 'tcp' && app.address.kind === 'tcp' && app.address.port === address.port,
    );
    // Where a program may be the one and no app surely is left over, nothing speaks for a mistake.
    const mayBeOther = host.unplacedApps.length > 0 && ![...idle, ...elsewhere].some(isSure);
    if (mayBeOther) return [];
    const isTelling = idle.length + elsewhere.length > 0 || (hasGiven && address.kind === 'tcp');
    if (!isTelling) return [];
    const doubt = doubtOf(elsewhere.length > 0 ? elsewhere : idle, host, elsewhere.length > 0);
    return [{ dialed: each, idle, elsewhere, ...(doubt !== undefined && { doubt }) }];
  });
}

/** True for an app of no502.yaml or of the command line: its user names all that count. */
function isGiven({ declaredBy }: App): boolean {
  return declaredBy === undefined;
}

function isSure({ doubt }: App): boolean {
  return doubt === undefined;
}

function doubtOf(apps: readonly App[], host: Host, isSamePort: boolean): string | undefined {
  const [unplaced] = host.unplacedApps;
  if (apps.length === 0) return 'an app that is not declared listens there';
  if (unplaced) return `${unplaced.name}, whose port is not known, listens there`;
  const sure = apps.filter(isSure);
  if (sure.length === 0) return apps[0]?.doubt;
  if (isSamePort && sure.every(({ isHostDefault }) => isHostDefault)) {
    return `${sure[0]?.name} is told another host than its default`;
  }
  if (!host.appsComplete && !sure.some(isGiven)) return 'an app that is not declared listens there';
  return undefined;
}
