import { listenAddress } from '../../syntax/nginx/listen-address.ts';
import type { Host } from '../host.ts';
import { addressText, isWildcard, type TcpAddress } from '../links/address.ts';
import type { Listener } from '../links/listener.ts';

/** Two programs of one host that claim a port: the one that starts second finds it taken. */
export interface PortConflict {
  readonly first: Listener;
  readonly second: Listener;
  /** What nginx logs where it is the second; absent where neither of the two is nginx. */
  readonly log?: string;
  /** Why the two may not meet, as it reads behind "unless". */
  readonly doubt?: string;
}

/**
 * Ports that nginx and an app, nginx and a pool, or two apps claim. Two pools are php-fpm's to compare. What may be two
 * different addresses of the machine is left alone.
 * https://man7.org/linux/man-pages/man7/ip.7.html
 */
export function portConflicts({ listeners }: Host): readonly PortConflict[] {
  const programs = new Map<number, Listener[]>();
  for (const listener of listeners.all) {
    const { address, owner, isAlias } = listener;
    if (address.kind !== 'tcp' || owner.kind === 'server' || isAlias) continue;
    if (owner.kind === 'app' && owner.app.isAlternative) continue;
    const known = programs.get(address.port);
    if (known) known.push(listener);
    else programs.set(address.port, [listener]);
  }
  return [...nginxConflicts(listeners.all, programs), ...appConflicts(programs)];
}

function nginxConflicts(
  all: readonly Listener[],
  programs: ReadonlyMap<number, readonly Listener[]>,
): readonly PortConflict[] {
  const found = new Map<string, PortConflict>();
  if (programs.size === 0) return [];
  for (const second of all) {
    const { address, owner } = second;
    if (owner.kind !== 'server' || address.kind !== 'tcp') continue;
    const others = programs.get(address.port);
    if (!others) continue;
    const bound = boundText(second);
    if (bound === undefined) continue;
    for (const first of others) {
      if (first.address.kind !== 'tcp' || !collide(address, first.address, first.owner.kind === 'pool'))
        continue;
      const key = `${bound} ${first.title}`;
      const log = `bind() to ${bound} failed (98: Address already in use)`;
      const doubt = doubtOf(first);
      if (!found.has(key)) found.set(key, { first, second, log, ...(doubt !== undefined && { doubt }) });
    }
  }
  return [...found.values()];
}

/** The address as nginx prints it where it cannot bind it. */
function boundText({ span, owner, address }: Listener): string | undefined {
  if (owner.kind !== 'server' || address.kind !== 'tcp') return undefined;
  if (!span) return addressText(address).replace('*', '0.0.0.0');
  const listen = owner.server.listens.find(
    ({ directive }) => directive?.source === span.source && directive.start === span.start,
  );
  const isDatagram = listen?.directive?.args.some(({ value }) => value === 'quic') ?? false;
  return isDatagram ? undefined : listenAddress(listen?.directive?.args[0]?.value ?? '');
}

function appConflicts(programs: ReadonlyMap<number, readonly Listener[]>): readonly PortConflict[] {
  const found: PortConflict[] = [];
  for (const claims of programs.values()) {
    for (const [index, second] of claims.entries()) {
      const first = claims.slice(0, index).find((other) => {
        const bothPools = other.owner.kind === 'pool' && second.owner.kind === 'pool';
        if (bothPools || other.address.kind !== 'tcp' || second.address.kind !== 'tcp') return false;
        if (!mayBothBeMeant(other, second)) return false;
        const isPool = other.owner.kind === 'pool' || second.owner.kind === 'pool';
        return (
          other.address.host === second.address.host ||
          (isPool && collide(second.address, other.address, true))
        );
      });
      if (first) found.push({ first, second });
    }
  }
  return found;
}

function doubtOf({ owner }: Listener): string | undefined {
  return owner.kind === 'app' ? owner.app.doubt : undefined;
}

/** Two guesses may be two ways to start one program; in one file they are two programs. */
function mayBothBeMeant(one: Listener, other: Listener): boolean {
  if (doubtOf(one) === undefined && doubtOf(other) === undefined) return true;
  return one.span !== undefined && one.span.source.file === other.span?.source.file;
}

/**
 * Whether a socket at `other` keeps one from being bound to `address`. An app that was declared by its port alone may
 * listen on the loopback address only, so that nothing but every address of IPv4 is sure to meet it.
 */
function collide(address: TcpAddress, other: TcpAddress, otherIsEverywhere: boolean): boolean {
  if (address.host === other.host) return true;
  const isSixth = address.host.includes(':');
  if (other.host === '*') return otherIsEverywhere || (isWildcard(address.host) && !isSixth);
  if (isSixth || other.host.includes(':')) return false;
  const literal = /^[\d.]+$/;
  return (
    (isWildcard(address.host) && (other.host === 'localhost' || literal.test(other.host))) ||
    (isWildcard(other.host) && literal.test(address.host))
  );
}
