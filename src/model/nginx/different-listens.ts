import type { Word } from '../../syntax/nginx/tree.ts';
import type { Address } from '../links/address.ts';
import { oncePer } from '../once-per.ts';
import type { Nginx } from './nginx.ts';
import type { Listen, Server } from './server.ts';

/** A `listen`, for all of the same words: ten thousand sites write the same two. */
export interface DifferentListen {
  /** The first of these that nginx reads. */
  readonly listen: Listen;
  /** The servers that write it, in order. */
  readonly servers: readonly Server[];
}

interface Growing extends DifferentListen {
  readonly servers: Server[];
}

/** The `listen`s of all servers, those of the same words hardly ever twice, in the order of the first of each. */
export const differentListens = oncePer(({ servers }: Nginx): readonly DifferentListen[] => {
  const all: Growing[] = [];
  const byAddress = new Map<Address, Growing[]>();
  for (const server of servers) {
    for (const listen of server.listens) {
      // Equal texts most often share the address that they mean.
      const there = byAddress.get(listen.address);
      const known = there && sameWords(there, listen);
      if (known) {
        known.servers.push(server);
        continue;
      }
      const different: Growing = { listen, servers: [server] };
      all.push(different);
      if (there) there.push(different);
      else byAddress.set(listen.address, [different]);
    }
  }
  return all;
});

function sameWords(among: readonly Growing[], { directive }: Listen): Growing | undefined {
  const words = directive?.args ?? none;
  for (const each of among) if (areEqual(each.listen.directive?.args ?? none, words)) return each;
  return undefined;
}

const none: readonly Word[] = [];

function areEqual(one: readonly Word[], other: readonly Word[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at]?.value !== other[at]?.value) return false;
  return true;
}

/** The servers with a `listen` of such a kind, in order. */
export function serversListening(nginx: Nginx, isMeant: (listen: Listen) => boolean): readonly Server[] {
  const found = new Set<Server>();
  for (const { listen, servers } of differentListens(nginx)) {
    if (isMeant(listen)) for (const server of servers) found.add(server);
  }
  return found.size === 0 ? [] : nginx.servers.filter((server) => found.has(server));
}
