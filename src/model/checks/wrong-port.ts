import type { App } from '../apps/app.ts';
import type { Host } from '../host.ts';
import { isLoopback, isWildcard } from '../links/address.ts';
import { answering, type Dialed, dialedBeyondPools } from '../links/dialed.ts';
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
  const dialed = dialedBeyondPools(host);
  const busy = new Set(
    dialed.flatMap(({ peer }) =>
      answering(peer).flatMap(({ owner }) => (owner.kind === 'app' ? [owner.app] : [])),
    ),
  );
  const hasGiven = host.apps.some(isGiven);
  // Of each kind once: every site may dial an address of its own, and every app be left over.
  const idleOf = {
    unix: host.apps.filter((app) => app.address.kind === 'unix' && !app.isPackaged && !busy.has(app)),
    tcp: host.apps.filter((app) => app.address.kind === 'tcp' && !app.isPackaged && !busy.has(app)),
  };
  const isIdleSure = { unix: idleOf.unix.some(isSure), tcp: idleOf.tcp.some(isSure) };
  const doubtOfIdle = {
    unix: doubtOf(idleOf.unix, host, false),
    tcp: doubtOf(idleOf.tcp, host, false),
  };
  const atPort = appsByPort(host.apps);
  return dialed.flatMap((each): readonly WrongPort[] => {
    const { address, result } = each.peer;
    if (!address || result.kind !== 'unknown' || result.why === liveSocket) return [];
    if (each.links.every(({ pass }) => pass.protocol === 'fastcgi')) return [];
    if (address.kind === 'tcp' && !isLoopback(address.host) && !isWildcard(address.host)) return [];
    if (address.kind === 'tcp' && host.livePorts.has(address.port)) return [];
    const idle = idleOf[address.kind];
    const elsewhere = (address.kind === 'tcp' && atPort.get(address.port)) || [];
    // Where a program may be the one and no app surely is left over, nothing speaks for a mistake.
    const mayBeOther = host.unplacedApps.length > 0 && !isIdleSure[address.kind] && !elsewhere.some(isSure);
    if (mayBeOther) return [];
    const isTelling = idle.length + elsewhere.length > 0 || (hasGiven && address.kind === 'tcp');
    if (!isTelling) return [];
    const doubt = elsewhere.length > 0 ? doubtOf(elsewhere, host, true) : doubtOfIdle[address.kind];
    return [{ dialed: each, idle, elsewhere, ...(doubt !== undefined && { doubt }) }];
  });
}

function appsByPort(apps: readonly App[]): ReadonlyMap<number, readonly App[]> {
  const byPort = new Map<number, App[]>();
  for (const app of apps) {
    if (app.address.kind !== 'tcp') continue;
    const same = byPort.get(app.address.port);
    if (same) same.push(app);
    else byPort.set(app.address.port, [app]);
  }
  return byPort;
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
