import type { Span } from '../../syntax/source.ts';
import { addressText } from '../links/address.ts';
import { ownAll } from './block.ts';
import type { Server } from './server.ts';

/** A name that a server shares with an earlier one at the same address: nginx ignores it and says so in its log. */
export interface NameConflict {
  readonly server: Server;
  /** Who has the name. */
  readonly first: Server;
  /** As nginx logs it; empty for servers without a name. */
  readonly name: string;
  /** `0.0.0.0:80`. */
  readonly address: string;
  /** Where the name is written; where the server begins, if it has none. */
  readonly span: Span;
  /** The same for the server that has the name. */
  readonly firstSpan: Span;
}

/** The names that nginx ignores, and the servers that no request can reach because of that. */
export interface NameConflicts {
  readonly conflicts: readonly NameConflict[];
  /** Servers that have no name left at any of their addresses, and are the default at none. */
  readonly shadowed: ReadonlySet<Server>;
}

/**
 * Compares the names of all servers, address by address, in the order nginx reads them. Regular expressions are never
 * compared. https://nginx.org/en/docs/http/server_names.html
 *
 * `ngx_http_server_names` of https://github.com/nginx/nginx/blob/master/src/http/ngx_http.c
 */
export function nameConflicts(servers: readonly Server[]): NameConflicts {
  const conflicts: NameConflict[] = [];
  // A `listen` that could not be read may be one where the name is free.
  const reachable = new Set(
    servers.filter(({ block, listens }) => ownAll(block, 'listen').length > listens.length),
  );
  for (const [address, there] of serversByAddress(servers)) {
    const byDefault = there.find(({ isDefault }) => isDefault) ?? there[0];
    if (byDefault) reachable.add(byDefault.server);
    const taken = new Map<string, { readonly server: Server; readonly span: Span }>();
    for (const { server } of there) {
      for (const { name, span } of namesOf(server)) {
        const first = name.startsWith('~') ? undefined : taken.get(name);
        if (!first) {
          taken.set(name, { server, span });
          reachable.add(server);
        } else if (first.server !== server) {
          conflicts.push({ server, first: first.server, name, address, span, firstSpan: first.span });
        }
      }
    }
  }
  const shadowed = new Set(conflicts.map(({ server }) => server).filter((server) => !reachable.has(server)));
  return { conflicts, shadowed };
}

interface ServerAt {
  readonly server: Server;
  readonly isDefault: boolean;
}

function serversByAddress(servers: readonly Server[]): ReadonlyMap<string, readonly ServerAt[]> {
  const byAddress = new Map<string, ServerAt[]>();
  for (const server of servers) {
    for (const { address, defaultServer } of server.listens) {
      // What no `listen` says is `*:80`, which nginx logs as 0.0.0.0:80.
      const text = addressText(
        address.kind === 'tcp' && address.host === '*' ? { ...address, host: '0.0.0.0' } : address,
      );
      const there = byAddress.get(text);
      const at = { server, isDefault: defaultServer };
      if (there) there.push(at);
      else byAddress.set(text, [at]);
    }
  }
  return byAddress;
}

/** Names compare without regard to case; `.example.com` stands for the name and everything below it. */
function namesOf(server: Server): readonly { readonly name: string; readonly span: Span }[] {
  const directives = ownAll(server.block, 'server_name');
  const names = directives.flatMap(({ source, args }) =>
    args.map(({ value, start, end }) => ({
      name: value.startsWith('~') ? value : value.toLowerCase(),
      span: { source, start, end },
    })),
  );
  const opener = server.block.directive;
  if (names.length > 0 || !opener) return names;
  const { source, start, nameEnd } = opener;
  return [{ name: '', span: { source, start, end: nameEnd } }];
}
