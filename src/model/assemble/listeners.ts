import type { Span } from '../../syntax/source.ts';
import type { App } from '../apps/app.ts';
import type { Master } from '../fpm/master.ts';
import { addressOf } from '../fpm/meant-listen.ts';
import type { Pool } from '../fpm/pool.ts';
import { spanOf } from '../fpm/setting.ts';
import type { Address } from '../links/address.ts';
import {
  indexListeners,
  type Listener,
  type ListenerIndex,
  type ListenerOwner,
  type ListenerProtocol,
  type PoolOwner,
} from '../links/listener.ts';
import { type Listen, type Server, serverTitle } from '../nginx/server.ts';
import { alternativesListener } from './alternatives.ts';

/** Everybody who listens on a host: pools, what the packages offer beside them, apps, and the servers of nginx itself. */
export function listenersOf(
  masters: readonly Master[],
  apps: readonly App[],
  servers: readonly Server[],
): ListenerIndex {
  const all: Listener[] = [];
  for (const master of masters) {
    for (const pool of master.pools) addPool(all, pool, master);
    for (const pool of master.statusPools) addPool(all, pool, master);
  }
  for (const listener of alternativesListener(masters)) all.push(listener);
  for (const app of apps) all.push(appListener(app));
  for (const server of servers) {
    for (const listen of server.listens) all.push(new ServerListener(listen, server));
  }
  return indexListeners(all);
}

function addPool(all: Listener[], pool: Pool, master: Master): void {
  const address = addressOf(pool.listenAddress);
  if (address) all.push(new PoolListener(address, pool, master));
}

/** Says who it is when asked: a host has ten thousand pools, and shows a handful. It stands for its owner as well. */
class PoolListener implements Listener, PoolOwner {
  readonly kind = 'pool';
  readonly address: Address;
  readonly pool: Pool;
  readonly master: Master;

  constructor(address: Address, pool: Pool, master: Master) {
    this.address = address;
    this.pool = pool;
    this.master = master;
  }

  get owner(): PoolOwner {
    return this;
  }

  get protocol(): ListenerProtocol {
    return 'fastcgi';
  }

  get span(): Span | undefined {
    return spanOf(this.pool.listen);
  }

  get title(): string {
    return `the pool ${this.pool.name} of ${this.master.title}`;
  }
}

/** The same for what nginx itself listens on. */
class ServerListener implements Listener {
  readonly #listen: Listen;
  readonly #server: Server;

  constructor(listen: Listen, server: Server) {
    this.#listen = listen;
    this.#server = server;
  }

  get owner(): ListenerOwner {
    return { kind: 'server', server: this.#server };
  }

  get address(): Address {
    return this.#listen.address;
  }

  get protocol(): ListenerProtocol {
    return this.#listen.tls ? 'https' : 'http';
  }

  get span(): Span | undefined {
    const { directive } = this.#listen;
    return directive && { source: directive.source, start: directive.start, end: directive.end };
  }

  get title(): string {
    return `the nginx server ${serverTitle(this.#server)}`;
  }
}

function appListener(app: App): Listener {
  const { address, protocol, span } = app;
  return {
    address,
    protocol,
    owner: { kind: 'app', app },
    ...(span && { span }),
    title: `the app ${app.name}`,
  };
}
