import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import type { Host } from '../host.ts';
import { addressText } from '../links/address.ts';
import { isMissing, type Link, type MeantListener, type PeerLink } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import type { Listener } from '../links/listener.ts';
import { linksTo } from '../links/serves.ts';
import type { Server } from '../nginx/server.ts';
import { oncePer } from '../once-per.ts';
import { comparePhpVersions, phpVersionIn, withPhpVersion } from '../php-version.ts';

/**
 * One address that nobody listens on, with every pass that dials it. A snippet or an upstream used by many servers
 * is one of these: the cause stands in one place.
 */
export interface MissingTarget {
  readonly peer: PeerLink;
  readonly links: readonly Link[];
  /** Peers of the same upstream that do have a listener or may have one: nginx tries them next. */
  readonly others: readonly PeerLink[];
  /** True where only one entry of a map leads here. */
  readonly conditional: boolean;
  /** The servers whose visitors meet it. */
  readonly servers: readonly Server[];
}

/** The addresses of a host that no listener answers, that a request can lead to, and that no pool was meant to have. */
export function missingTargets(host: Host): readonly MissingTarget[] {
  return targetsWhere(host, ({ result }) => result.kind === 'missing' && !result.meant);
}

/** A pool that does not listen where it was meant to, with the addresses that nginx dials for it. */
export interface MisplacedPool {
  readonly master: Master;
  readonly pool: Pool;
  readonly targets: readonly MissingTarget[];
}

/** The pools that a mistake of that kind keeps from an address that nginx dials. */
export function misplacedPools(host: Host, kind: MeantListener['kind']): readonly MisplacedPool[] {
  const ofKind = ({ result }: PeerLink) =>
    result.kind === 'missing' ? result.meant?.find((meant) => meant.kind === kind) : undefined;
  const byPool = new Map<Pool, { master: Master; targets: MissingTarget[] }>();
  for (const missing of targetsWhere(host, (peer) => ofKind(peer) !== undefined)) {
    const meant = ofKind(missing.peer);
    if (!meant) continue;
    const known = byPool.get(meant.pool);
    if (known) known.targets.push(missing);
    else byPool.set(meant.pool, { master: meant.master, targets: [missing] });
  }
  return [...byPool].map(([pool, found]) => ({ pool, ...found }));
}

function targetsWhere(host: Host, isWanted: (peer: PeerLink) => boolean): readonly MissingTarget[] {
  const byPlace = new Map<string, { peer: PeerLink; links: Link[] }>();
  for (const link of linksOfKinds(host, ({ pass, state }) => pass.isReachable && state === 'missing')) {
    for (const peer of link.peers) {
      if (peer.upstream?.server.down || !isWanted(peer)) continue;
      const place = `${peer.directive.source.file}:${peer.word.start}`;
      const known = byPlace.get(place);
      if (known) known.links.push(link);
      else byPlace.set(place, { peer, links: [link] });
    }
  }
  return [...byPlace.values()].map(({ peer, links }) => ({
    peer,
    links,
    others: (links[0]?.peers ?? []).filter(
      (other) =>
        peer.upstream !== undefined &&
        other !== peer &&
        !isMissing(other.result) &&
        !other.upstream?.server.down,
    ),
    conditional: peer.choice !== undefined,
    servers: [...new Set(links.map((link) => link.pass.server))],
  }));
}

/**
 * True for the link that Debian's packages keep to the socket of `pool.d/www.conf`: a host of theirs has it, or no pool
 * offers it. https://salsa.debian.org/php-team/php, debian/php-fpm-socket-helper
 */
export function isDebianLink({ peer }: MissingTarget, host: Host): boolean {
  return (
    peer.address?.kind === 'unix' &&
    peer.address.path === '/run/php/php-fpm.sock' &&
    host.masters.some(({ configPath }) => /^\/etc\/php\/\d\.\d+\/fpm\//.test(configPath))
  );
}

/** What nginx logs where it dials an address that nobody listens on. */
export function missingLog(peer: PeerLink): string {
  const logged = peer.target.kind === 'address' ? peer.target.logged : '';
  return peer.address?.kind === 'unix'
    ? `connect() to ${logged} failed (2: No such file or directory) while connecting to upstream`
    : 'connect() failed (111: Connection refused) while connecting to upstream';
}

/** The address as it is written where the cause stands: `unix:/run/php/php8.1-fpm.sock`. */
export function missingText(missing: MissingTarget): string {
  return missing.peer.target.kind === 'address' ? missing.peer.target.logged : missing.peer.word.value;
}

/**
 * The PHP version that a missing address names, where the host has php-fpm masters but none of that version
 * with a pool: what an upgrade leaves behind.
 */
export function staleVersion(missing: MissingTarget, host: Host): string | undefined {
  if (missing.peer.address?.kind !== 'unix') return undefined;
  const version = phpVersionIn(missing.peer.address.path);
  if (version === undefined) return undefined;
  const known = host.masters.filter((master) => master.phpVersion !== undefined);
  const alive = known.some((master) => master.phpVersion === version && master.pools.length > 0);
  return known.length > 0 && !alive ? version : undefined;
}

/** The pools' sockets that a missing address most likely means: one where it is clear, else all that could be. */
export function likelyListeners(missing: MissingTarget, host: Host): readonly Listener[] {
  const renamed = renamedListener(missing, host);
  if (renamed) return [renamed];
  const pools = poolListeners(host);
  return pools.length <= 3 ? pools : [];
}

/** The listener that a missing address can be taken for, and whether there is no doubt about it. */
export interface Replacement {
  readonly listener: Listener;
  /** False where requests of other passes arrive there as well, so that it may have been made for those alone. */
  readonly certain: boolean;
}

/**
 * The listener to dial in place of a missing address: the same socket of another PHP version, else the only pool there is.
 * `undefined` where several could be meant, or where a pool that listens nowhere yet may be the one.
 */
export function replacementFor(missing: MissingTarget, host: Host): Replacement | undefined {
  const listener = renamedListener(missing, host) ?? onlyListener(host);
  const isDialedAlready = missing.others.some(
    ({ result }) => result.kind === 'found' && listener && result.listeners.includes(listener),
  );
  if (!listener || isDialedAlready) return undefined;
  const { owner } = listener;
  const isFree = owner.kind === 'pool' && linksTo(owner.pool, host).length === 0;
  return { listener, certain: isFree || renamedListener(missing, host) !== undefined };
}

function onlyListener(host: Host): Listener | undefined {
  const [listener, ...others] = poolListeners(host);
  const pools = host.masters.reduce((sum, master) => sum + master.pools.length, 0);
  return others.length === 0 && pools === 1 ? listener : undefined;
}

const poolListeners = oncePer(({ listeners }: Host): readonly Listener[] =>
  listeners.all.filter(({ owner, isAlias }) => owner.kind === 'pool' && !isAlias),
);

/** The pools' listeners by the PHP version that their address names, then by the address: an upgrade leaves every site behind. */
const versionedListeners = oncePer((host: Host): ReadonlyMap<string, ReadonlyMap<string, Listener>> => {
  const byVersion = new Map<string, Map<string, Listener>>();
  for (const listener of poolListeners(host)) {
    const text = addressText(listener.address);
    const version = phpVersionIn(text);
    if (version === undefined) continue;
    const there = byVersion.get(version) ?? new Map<string, Listener>();
    byVersion.set(version, there);
    if (!there.has(text)) there.set(text, listener);
  }
  return byVersion;
});

/** The same socket of the PHP version that came after. */
function renamedListener(missing: MissingTarget, host: Host): Listener | undefined {
  const version = staleVersion(missing, host);
  if (version === undefined) return undefined;
  const text = missingText(missing);
  const renamed = [...versionedListeners(host)].flatMap(
    ([other, listeners]) => listeners.get(normalText(withPhpVersion(text, version, other))) ?? [],
  );
  const [nearest] = [...renamed].sort((one, other) => nearness(version, one) - nearness(version, other));
  return nearest;
}

function normalText(text: string): string {
  return text.startsWith('unix:/var/run/') ? text.replace('/var/run/', '/run/') : text;
}

/** Later versions come first, the next one before those after it; earlier ones only where there is no later. */
function nearness(version: string, listener: Listener): number {
  const distance = comparePhpVersions(phpVersionIn(addressText(listener.address)) ?? version, version);
  return distance >= 0 ? distance : 1000 - distance;
}
