import type { App } from '../apps/app.ts';
import type { Master } from '../fpm/master.ts';
import { addressOf } from '../fpm/meant-listen.ts';
import type { Pool } from '../fpm/pool.ts';
import { spanOf } from '../fpm/setting.ts';
import { indexListeners, type Listener, type ListenerIndex } from '../links/listener.ts';
import { type Server, serverTitle } from '../nginx/server.ts';
import { alternativesListener } from './alternatives.ts';

/** Everybody who listens on a host: pools, what the packages offer beside them, apps, and the servers of nginx itself. */
export function listenersOf(
  masters: readonly Master[],
  apps: readonly App[],
  servers: readonly Server[],
): ListenerIndex {
  return indexListeners([
    ...masters.flatMap((master) =>
      [...master.pools, ...master.statusPools].flatMap((pool) => poolListeners(pool, master)),
    ),
    ...alternativesListener(masters),
    ...apps.map(appListener),
    ...servers.flatMap(serverListeners),
  ]);
}

function poolListeners(pool: Pool, master: Master): readonly Listener[] {
  const address = addressOf(pool.listenAddress);
  const span = spanOf(pool.listen);
  if (!address) return [];
  return [
    {
      address,
      protocol: 'fastcgi',
      owner: { kind: 'pool', pool, master },
      ...(span && { span }),
      title: `the pool ${pool.name} of ${master.title}`,
    },
  ];
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

function serverListeners(server: Server): readonly Listener[] {
  return server.listens.map(({ address, directive, tls }) => ({
    address,
    protocol: tls ? 'https' : 'http',
    owner: { kind: 'server', server },
    ...(directive && { span: { source: directive.source, start: directive.start, end: directive.end } }),
    title: `the nginx server ${serverTitle(server)}`,
  }));
}
