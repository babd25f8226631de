import type { Span } from '../../syntax/source.ts';
import { type Address, addressText } from '../links/address.ts';
import { namesOf, ownAll } from './block.ts';
import { statementAt } from './layout.ts';
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
  const byAddress = serversByAddress(servers);
  if (![...byAddress.values()].some(mayConflict)) return noConflicts;
  const conflicts: NameConflict[] = [];
  const places = [...byAddress].map(([address, there]) => {
    const names = new Map<string, Server>();
    const byExpression: Server[] = [];
    const take = (name: string, server: Server): void => {
      if (name.startsWith('~')) {
        byExpression.push(server);
        return;
      }
      const first = names.get(name);
      if (!first) names.set(name, server);
      else if (first !== server) {
        const [span, firstSpan] = [spanOf(server, name), spanOf(first, name)];
        conflicts.push({ server, first, name, address, span, firstSpan });
      }
    };
    for (const server of there.servers) eachName(server, take);
    return { ...there, names, byExpression };
  });
  if (conflicts.length === 0) return noConflicts;
  const reachable = new Set(
    // A `listen` that could not be read may be one where the name is free.
    servers.filter(({ block, listens }) => (namesOf(block).get('listen')?.length ?? 0) > listens.length),
  );
  for (const { default: byDefault, servers: there, names, byExpression } of places) {
    const standIn = byDefault ?? there[0];
    if (standIn) reachable.add(standIn);
    for (const server of [...names.values(), ...byExpression]) reachable.add(server);
  }
  const shadowed = new Set(conflicts.map(({ server }) => server).filter((server) => !reachable.has(server)));
  return { conflicts, shadowed };
}

const noConflicts: NameConflicts = { conflicts: [], shadowed: new Set() };

/** Whether a name comes twice. To count them takes half as long as to remember whose they are. */
function mayConflict({ servers }: ServersAt): boolean {
  const names = new Set<string>();
  let count = 0;
  const take = (name: string): void => {
    names.add(name);
    count++;
  };
  for (const server of servers) eachName(server, take);
  return names.size < count;
}

/** The servers at one address, in the order nginx reads them. */
interface ServersAt {
  readonly servers: Server[];
  /** The first that says it is the default. */
  default?: Server;
}

function serversByAddress(servers: readonly Server[]): ReadonlyMap<string, ServersAt> {
  const byAddress = new Map<string, ServersAt>();
  // Most servers of a host share the object of their address.
  const atObject = new Map<Address, ServersAt>();
  const placeFor = (address: Address): ServersAt => {
    // What no `listen` says is `*:80`, which nginx logs as 0.0.0.0:80.
    const text = addressText(
      address.kind === 'tcp' && address.host === '*' ? { ...address, host: '0.0.0.0' } : address,
    );
    const there = byAddress.get(text) ?? { servers: [] };
    byAddress.set(text, there);
    atObject.set(address, there);
    return there;
  };
  for (const server of servers) {
    for (const { address, defaultServer } of server.listens) {
      const there = atObject.get(address) ?? placeFor(address);
      there.servers.push(server);
      if (defaultServer) there.default ??= server;
    }
  }
  return byAddress;
}

/** The names of a server; one without any has the empty one. */
function eachName(server: Server, visit: (name: string, server: Server) => void): void {
  const { layout, directive } = server.block;
  const places = layout.outline.names.get('server_name') ?? nowhere;
  let isNamed = false;
  for (let at = 0; at < places.length; at++) {
    const values = statementAt(layout, places[at] ?? 0)?.values ?? nothing;
    for (let index = 0; index < values.length; index++) {
      isNamed = true;
      visit(comparable(values[index] ?? ''), server);
    }
  }
  if (!isNamed && directive) visit('', server);
}

const nowhere: readonly number[] = [];
const nothing: readonly string[] = [];

/** Names compare without regard to case; `.example.com` stands for the name and everything below it. */
function comparable(name: string): string {
  return name.startsWith('~') ? name : name.toLowerCase();
}

/** Where a server has a name; a server without any is told by the word that opens it. */
function spanOf({ block }: Server, name: string): Span {
  for (const { source, args } of ownAll(block, 'server_name')) {
    const word = args.find(({ value }) => comparable(value) === name);
    if (word) return { source, start: word.start, end: word.end };
  }
  if (!block.directive) throw new Error(`no server_name line of the server says "${name}"`);
  const { source, start, nameEnd } = block.directive;
  return { source, start, end: nameEnd };
}
