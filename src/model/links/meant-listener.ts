import type { Master } from '../fpm/master.ts';
import { type MeantListen, meantListens } from '../fpm/meant-listen.ts';
import { type Address, addressText, reaches } from './address.ts';
import type { MeantListener } from './link.ts';

interface Meant extends MeantListener {
  readonly meant: MeantListen;
}

/** Finds the pools that were meant to listen at an address and do not. */
export function meantIndex(masters: readonly Master[]): (dialed: Address) => readonly MeantListener[] {
  const byPlace = new Map<string, Meant[]>();
  for (const master of masters) {
    for (const pool of master.pools) {
      for (const meant of meantListens(pool)) {
        const place = placeOf(meant.address);
        const there = byPlace.get(place);
        const listener = { kind: meant.kind, pool, master, meant };
        if (there) there.push(listener);
        else byPlace.set(place, [listener]);
      }
    }
  }
  if (byPlace.size === 0) return () => [];
  return (dialed) =>
    [...(byPlace.get(placeOf(dialed)) ?? []), ...(byPlace.get(anywhere) ?? [])].filter(({ meant }) =>
      isMeant(meant, dialed),
    );
}

const anywhere = '';

function placeOf(address: Address | undefined): string {
  if (!address) return anywhere;
  return address.kind === 'unix' ? addressText(address) : String(address.port);
}

function isMeant({ address, host }: MeantListen, dialed: Address): boolean {
  if (address) return reaches(dialed, address);
  if (host === undefined || dialed.kind === 'unix') return false;
  // Without a port every port of that host may be the one.
  return reaches(dialed, { kind: 'tcp', host, port: dialed.port });
}
