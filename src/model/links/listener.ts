import type { Span } from '../../syntax/source.ts';
import type { App, AppProtocol } from '../apps/app.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import type { Server } from '../nginx/server.ts';
import { oncePer } from '../once-per.ts';
import { type Address, addressKey, reaches } from './address.ts';

/** What a listener answers in. */
export type ListenerProtocol = AppProtocol;

/** Whose socket it is. */
export type ListenerOwner =
  | { readonly kind: 'pool'; readonly pool: Pool; readonly master: Master }
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'server'; readonly server: Server };

/** Who answers at an address, and in which protocol. */
export interface Listener {
  readonly address: Address;
  readonly protocol: ListenerProtocol;
  readonly owner: ListenerOwner;
  /** Where the address is declared; `undefined` for what only the command line says. */
  readonly span?: Span | undefined;
  /** True for a second name of a socket that is declared under another: a link the packages keep. */
  readonly isAlias?: boolean;
  /** As a person would name it: `the pool www of PHP 8.2`. */
  readonly title: string;
}

/** Finds listeners by address without looking at all of them. */
export interface ListenerIndex {
  readonly all: readonly Listener[];
  /** Those that a connection to the address arrives at, if the address is one of this machine. One answer for each address. */
  find(dialed: Address): readonly Listener[];
  /** True for a host that something listens on by itself, which makes it one of this machine. */
  isBound(host: string): boolean;
}

/** Indexes listeners by socket path and by port. */
export function indexListeners(all: readonly Listener[]): ListenerIndex {
  const byPlace = new Map<string, Listener[]>();
  for (const listener of all) {
    const place = placeOf(listener.address);
    const there = byPlace.get(place);
    if (there) there.push(listener);
    else byPlace.set(place, [listener]);
  }
  const found = new Map<string, readonly Listener[]>();
  const bound = new Set<string>();
  for (const { address } of all) if (address.kind === 'tcp') bound.add(address.host);
  return {
    all,
    isBound: (host) => bound.has(host),
    find: (dialed) => {
      // Only one path leads to a socket, while any address may lead to those that listen on the port everywhere.
      if (dialed.kind === 'unix') return byPlace.get(dialed.path) ?? none;
      const key = addressKey(dialed);
      const known = found.get(key);
      if (known) return known;
      const near = byPlace.get(placeOf(dialed)) ?? [];
      const there = near.every(({ address }) => reaches(dialed, address))
        ? near
        : near.filter(({ address }) => reaches(dialed, address));
      if (there.length > 0) found.set(key, there);
      return there;
    },
  };
}

const none: readonly Listener[] = [];

/** Of listeners, one of each kind of owner and protocol: what they speak is seen in these as well as in all. */
export const kindsAmong = oncePer((listeners: readonly Listener[]): readonly Listener[] => [
  ...new Map(
    listeners.map((each) => [`${each.owner.kind} ${isGuessed(each) ? '?' : each.protocol}`, each]),
  ).values(),
]);

/** True where nothing tells what the listener speaks. */
export function isGuessed({ owner }: Listener): boolean {
  return owner.kind === 'app' && owner.app.isProtocolGuessed === true;
}

/** A pool that listens, and the master it is of. */
export type PoolOwner = Extract<ListenerOwner, { kind: 'pool' }>;

/** The pools among listeners. Asked of one address by every site that dials it, while every site may listen there too. */
export function poolsAmong(listeners: readonly Listener[]): readonly PoolOwner[] {
  const [first] = listeners;
  // To remember so little for each of ten thousand sockets takes longer than to tell it again.
  if (listeners.length === 1 && first) return first.owner.kind === 'pool' ? [first.owner] : [];
  return poolsOfMany(listeners);
}

const poolsOfMany = oncePer((listeners: readonly Listener[]): readonly PoolOwner[] =>
  listeners.flatMap(({ owner }) => (owner.kind === 'pool' ? [owner] : [])),
);

function placeOf(address: Address): string {
  return address.kind === 'unix' ? address.path : String(address.port);
}
