import type { NetworkPlace } from '../../load/network-place.ts';
import type { FoundApps, UnplacedApp } from '../apps/app.ts';
import type { Master } from '../fpm/master.ts';
import type { LinkFacts } from '../links/link-facts.ts';

/** True where the pools that were read are all there are: where the address of one is not known, it may be any that is dialed. */
export function knowsAllPools(masters: readonly Master[], { unplaced }: FoundApps): boolean {
  return !masters.some(hasUnknownListen) && !unplaced.some(maySpeakFastcgi);
}

function hasUnknownListen({ pools }: Master): boolean {
  return pools.some(({ listenAddress }) => listenAddress?.kind === 'unknown');
}

/** A program that is started for CGI or PHP and does not tell where it listens. php-fpm is read from its own files. */
function maySpeakFastcgi({ name, span }: UnplacedApp): boolean {
  const command = span?.source.text.slice(span.start, span.end) ?? '';
  return /php-?cgi|spawn-fcgi|fcgi|fastcgi|hhvm/i.test(`${name} ${command}`);
}

/**
 * Whether anybody may listen that is not known. In a container that is its one program; on a machine, only its user can say
 * that the apps which are named are all.
 */
export function closedness(
  place: NetworkPlace | undefined,
  { apps, unplaced, complete }: FoundApps,
  allPoolsKnown: boolean,
): Pick<LinkFacts, 'isClosed' | 'closedUnless'> {
  if (!place || !allPoolsKnown || unplaced.length > 0) return { isClosed: false };
  const doubt = place.closedUnless ?? apps.find((app) => app.doubt !== undefined)?.doubt;
  if (place.kind === 'machine') {
    if (apps.length === 0) return { isClosed: false };
    const isTold = complete || apps.some(({ declaredBy }) => declaredBy === undefined);
    return doubt === undefined && isTold
      ? { isClosed: true }
      : { isClosed: false, closedUnless: doubt ?? 'an app that is not declared listens there' };
  }
  if (!place.isClosed) return { isClosed: false };
  return doubt === undefined ? { isClosed: true } : { isClosed: false, closedUnless: doubt };
}
