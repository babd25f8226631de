import type { Statement } from '../../syntax/nginx/statement.ts';
import { oncePer } from '../once-per.ts';
import { namesOf } from './block.ts';
import type { Nginx } from './nginx.ts';
import type { Listen, Server } from './server.ts';

/** A `listen`, for all that were found to say the same: ten thousand sites write the same two. */
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
  /** In the order of the first of each. Lines of the same words may be two of these. */
  readonly different: readonly DifferentListen[];
  /** The servers with a `listen` whose address is not known. */
  readonly unread: readonly Server[];
}

/** What the servers of a host listen on, looked at once. */
export const listensOf = oncePer(({ servers }: Nginx): Listens => {
  const different = new Map<Statement | undefined, Growing>();
  const unread: Server[] = [];
  for (const server of servers) {
    const { listens, block } = server;
    if (listens.length < (namesOf(block).get('listen')?.length ?? 0)) unread.push(server);
    for (const listen of listens) {
      const same = different.get(listen.statement);
      if (same) same.servers.push(server);
      else different.set(listen.statement, { listen, servers: [server] });
    }
  }
  return { different: [...different.values()], unread };
});

/** The servers with a `listen` of such a kind, in order. */
export function serversListening(nginx: Nginx, isMeant: (listen: Listen) => boolean): readonly Server[] {
  const found = new Set<Server>();
  for (const { listen, servers } of listensOf(nginx).different) {
    if (isMeant(listen)) for (const server of servers) found.add(server);
  }
  return found.size === 0 ? [] : nginx.servers.filter((server) => found.has(server));
}
