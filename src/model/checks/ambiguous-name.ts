import type { NetworkPlace } from '../../load/network-place.ts';
import type { Deployment } from '../deployment.ts';
import { type Dialed, dialedBeyondPools } from '../links/dialed.ts';

/** A name that nginx dials and that several containers have in the networks of nginx. */
export interface AmbiguousName {
  readonly name: string;
  readonly dialed: Dialed;
  /** All who answer to it. */
  readonly places: readonly NetworkPlace[];
}

/**
 * Docker's name server answers with the addresses of all containers that have a name in a network, whichever project they
 * are of, and nginx asks one after the other.
 */
export function ambiguousNames({ hosts }: Deployment): readonly AmbiguousName[] {
  const places = hosts.flatMap(({ place }) => (place ? [place] : []));
  return hosts.flatMap((host) => {
    const { place } = host;
    if (place?.kind !== 'service') return [];
    const outer = new Set(place.networks.flatMap(({ name, isExternal }) => (isExternal ? [name] : [])));
    return dialedBeyondPools(host).flatMap((dialed): readonly AmbiguousName[] => {
      const { address } = dialed.peer;
      if (address?.kind !== 'tcp') return [];
      const name = address.host;
      const reached = place.reach(name);
      if (reached.kind !== 'hosts') return [];
      const own = places.filter(({ id }) => reached.ids.includes(id));
      const others = places.filter(
        (each) =>
          !reached.ids.includes(each.id) &&
          each.names.includes(name) &&
          each.networks.some((network) => network.isExternal && outer.has(network.name)),
      );
      const all = [...own, ...others];
      return all.length > 1 ? [{ name, dialed, places: all }] : [];
    });
  });
}
