import { UsageError } from '../load/usage-error.ts';
import { type App, appProtocols } from '../model/apps/app.ts';
import { type Address, normalUnixPath } from '../model/links/address.ts';
import { didYouMean } from '../values/nearest.ts';

/**
 * Reads `--app`: `api=3001`, `api=127.0.0.1:3001`, `api=[::1]:3001`, `api=unix:/run/api.sock`, each with what the app
 * speaks in front where it is not HTTP: `api=grpc://3001`.
 *
 * @throws UsageError where it is none of these.
 */
export function parseApp(given: string): App {
  const equals = given.indexOf('=');
  const name = given.slice(0, Math.max(0, equals));
  if (name === '') throw new UsageError(`--app ${given} needs a name and a port: --app api=3001`);
  const rest = given.slice(equals + 1);
  const scheme = rest.indexOf('://');
  const speaks = scheme === -1 ? 'http' : rest.slice(0, scheme);
  const protocol = appProtocols.find((known) => known === speaks);
  if (!protocol) {
    throw new UsageError(
      `--app ${given}: cannot speak "${speaks}", only ${appProtocols.join(', ')}${didYouMean(speaks, appProtocols)}`,
    );
  }
  const address = parseAddress(scheme === -1 ? rest : rest.slice(scheme + '://'.length));
  if (!address) {
    throw new UsageError(
      `--app ${given}: write where it listens like 3001, 127.0.0.1:3001 or unix:/run/api.sock`,
    );
  }
  return { name, address, protocol };
}

function parseAddress(text: string): Address | undefined {
  const path = text.startsWith('unix:') ? text.slice('unix:'.length) : text;
  if (path.startsWith('/')) return { kind: 'unix', path: normalUnixPath(path) };
  const colon = text.lastIndexOf(':');
  const port = portOf(text.slice(colon + 1));
  if (port === undefined) return undefined;
  if (colon === -1) return { kind: 'tcp', host: '*', port };
  const host = text.slice(0, colon).toLowerCase();
  const isBracketed = host.startsWith('[') && host.endsWith(']');
  const bare = isBracketed ? host.slice(1, -1) : host;
  const isHost = bare !== '' && bare.includes(':') === isBracketed;
  return isHost ? { kind: 'tcp', host: bare, port } : undefined;
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}
