import type { Master } from '../model/fpm/master.ts';
import type { Pool } from '../model/fpm/pool.ts';
import { spanOf } from '../model/fpm/setting.ts';
import type { Host } from '../model/host.ts';
import { addressKey, addressText } from '../model/links/address.ts';
import type { Listener } from '../model/links/listener.ts';
import { serverTitle } from '../model/nginx/server.ts';
import { oncePer } from '../model/once-per.ts';
import { entrySpan, type FaultIndex } from './faults.ts';
import type { Fault, ListenerNode } from './graph.ts';
import { worstOf } from './state.ts';
import { withoutArticle } from './words.ts';

/** The listeners of all hosts as nodes: pools, apps, and the sockets of nginx, each once. */
export interface ListenerNodes {
  /** Those of a host, in the order of its files. */
  of(host: Host): readonly ListenerNode[];
  /** The nodes of listeners that answer at one address, remembering that the host dials them. */
  dialed(listeners: readonly Listener[], from: string): readonly ListenerNode[];
}

interface Made {
  readonly node: ListenerNode;
  readonly dialedBy: Set<string>;
}

/** Makes the nodes of all listeners. `down` are the masters that do not start. */
export function listenerNodes(
  hosts: readonly { readonly host: Host; readonly id: string; readonly title: string }[],
  faults: FaultIndex,
  down: ReadonlySet<Master>,
): ListenerNodes {
  const byListener = new Map<Listener, Made>();
  const byHost = new Map<Host, readonly Made[]>();
  let count = 0;
  for (const { host, id, title } of hosts) {
    const byOwner = new Map<unknown, Made>();
    const sharers = serversBySocket(host);
    for (const listener of host.listeners.all) {
      const key = keyOf(listener);
      const made = byOwner.get(key) ?? make(listener, titleOf(listener, sharers), { id, title });
      byOwner.set(key, made);
      byListener.set(listener, made);
    }
    byHost.set(host, [...byOwner.values()]);
  }

  function make(listener: Listener, title: string, on: ListenerNode['host']): Made {
    const { owner, address, protocol, span } = listener;
    const dialedBy = new Set<string>();
    const found = faultsOf(listener, faults);
    const master = owner.kind === 'pool' && down.has(owner.master) ? owner.master : undefined;
    const node: ListenerNode = {
      id: `l${++count}`,
      kind: owner.kind === 'server' ? 'nginx' : owner.kind,
      title,
      address: addressText(address),
      protocol,
      host: on,
      ...(span && { place: span }),
      state: master ? 'broken' : worstOf(found),
      faults: found,
      ...(master && { down: master.title }),
      dialedBy,
    };
    return { node, dialedBy };
  }

  const nodesOf = oncePer((listeners: readonly Listener[]): readonly Made[] => [
    ...new Set(listeners.flatMap((listener) => byListener.get(listener) ?? [])),
  ]);
  return {
    of: (host) => (byHost.get(host) ?? []).map(({ node }) => node),
    dialed(listeners, from) {
      const made = nodesOf(listeners);
      for (const { dialedBy } of made) dialedBy.add(from);
      return made.map(({ node }) => node);
    },
  };
}

/** A pool listens once, whatever links to its socket there are; the servers of nginx share their sockets. */
function keyOf(listener: Listener): unknown {
  const { owner, address } = listener;
  switch (owner.kind) {
    case 'pool':
      return owner.pool;
    case 'server':
      return `${listener.protocol} ${addressKey(address)}`;
    case 'app':
      return listener;
    default:
      return owner satisfies never;
  }
}

/** So many servers on one socket are named. */
const NAMED_MAX = 2;

function serversBySocket({ listeners }: Host): ReadonlyMap<unknown, ReadonlySet<string>> {
  const sharers = new Map<unknown, Set<string>>();
  for (const listener of listeners.all) {
    if (listener.owner.kind !== 'server') continue;
    const key = keyOf(listener);
    const known = sharers.get(key);
    const title = serverTitle(listener.owner.server);
    if (known) known.add(title);
    else sharers.set(key, new Set([title]));
  }
  return sharers;
}

function titleOf(listener: Listener, sharers: ReadonlyMap<unknown, ReadonlySet<string>>): string {
  const names = [...(sharers.get(keyOf(listener)) ?? [])];
  if (names.length === 0) return withoutArticle(listener.title);
  const more = names.length > NAMED_MAX ? [`${names.length - NAMED_MAX} more`] : [];
  return `nginx itself: ${[...names.slice(0, NAMED_MAX), ...more].join(', ')}`;
}

function faultsOf({ owner, span }: Listener, faults: FaultIndex): readonly Fault[] {
  if (owner.kind === 'pool') return [...poolFaults(owner.pool, faults), ...startFaults(owner.master, faults)];
  return span && owner.kind === 'app' ? faults.on(span) : [];
}

function poolFaults({ headers, entries }: Pool, faults: FaultIndex): readonly Fault[] {
  return [...headers, ...entries.map(entrySpan)].flatMap((span) => faults.on(span));
}

/** What ends the container of a master, wherever it is decided. */
function startFaults(
  { firstProcess, settings: { daemonize } }: Master,
  faults: FaultIndex,
): readonly Fault[] {
  if (!firstProcess) return [];
  const told = spanOf(daemonize);
  return [firstProcess.span, ...(told ? [told] : [])].flatMap((span) => faults.on(span));
}
