import type { Statement } from '../../syntax/nginx/statement.ts';
import type { Address } from '../links/address.ts';
import { oncePer } from '../once-per.ts';
import { namesOf } from './block.ts';
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

/** The `listen`s of a host. */
export interface Listens {
  /** Those of the same words hardly ever twice, in the order of the first of each. */
  readonly different: readonly DifferentListen[];
  /** The servers with a `listen` whose address is not known. */
  readonly unread: readonly Server[];
}

/** What the servers of a host listen on, looked at once. */
export const listensOf = oncePer(({ servers }: Nginx): Listens => {
  const different: Growing[] = [];
  const unread: Server[] = [];
  const byAddress = new Map<Address, Growing[]>();
  /** By place in the server, those of the server before: the next one most often says the same. */
  const before: Growing[] = [];
  for (const server of servers) {
    const { listens, block } = server;
    if (listens.length < (namesOf(block).get('listen')?.length ?? 0)) unread.push(server);
    for (let at = 0; at < listens.length; at++) {
      const listen = listens[at];
      if (!listen) continue;
      let same = before[at];
      if (!same || !isSame(same.listen, listen)) {
        same = known(byAddress, listen) ?? add(listen);
        before[at] = same;
      }
      same.servers.push(server);
    }
  }
  return { different, unread };

  function add(listen: Listen): Growing {
    const found: Growing = { listen, servers: [] };
    const there = byAddress.get(listen.address);
    different.push(found);
    if (there) there.push(found);
    else byAddress.set(listen.address, [found]);
    return found;
  }
});

/** Equal texts most often share the address that they mean. */
function known(byAddress: ReadonlyMap<Address, readonly Growing[]>, listen: Listen): Growing | undefined {
  return byAddress.get(listen.address)?.find((each) => isSame(each.listen, listen));
}

function isSame(one: Listen, other: Listen): boolean {
  return one.address === other.address && haveSameWords(one.statement, other.statement);
}

function haveSameWords(one: Statement | undefined, other: Statement | undefined): boolean {
  if (!one || !other || one === other) return one === other;
  const [words, others] = [one.words, other.words];
  if (words.length !== others.length) return false;
  for (let at = 0; at < words.length; at++) if (words[at]?.value !== others[at]?.value) return false;
  return true;
}

/** The servers with a `listen` of such a kind, in order. */
export function serversListening(nginx: Nginx, isMeant: (listen: Listen) => boolean): readonly Server[] {
  const found = new Set<Server>();
  for (const { listen, servers } of listensOf(nginx).different) {
    if (isMeant(listen)) for (const server of servers) found.add(server);
  }
  return found.size === 0 ? [] : nginx.servers.filter((server) => found.has(server));
}
