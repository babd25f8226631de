import type { Server } from './server.ts';
import type { Choice } from './variables.ts';

/** Variables that hold the name a visitor asked for. */
const hostVariables: ReadonlySet<string> = new Set(['$host', '$http_host', '${host}', '${http_host}']);

/**
 * A name of the server for which a map surely gives this value, so that the requests for it get there. Only maps of the
 * host name are judged, by the names that are written out; expressions and names with a star make it uncertain.
 * https://nginx.org/en/docs/http/ngx_http_map_module.html#map
 */
export function nameThatChooses({ when, map }: Choice, server: Server): string | undefined {
  if (!map || !hostVariables.has(map.source.toLowerCase())) return undefined;
  const names = server.names.map(({ value }) => value.toLowerCase()).filter(isLiteral);
  const wanted = when.toLowerCase();
  if (when !== 'default') return names.find((name) => name === wanted);
  const keys = map.keys.map((key) => key.toLowerCase());
  const isPlain = keys.every((key) => !key.startsWith('~') && !(map.hostnames && /^[*.]|\*$/.test(key)));
  return isPlain ? names.find((name) => !keys.includes(name)) : undefined;
}

/** A name that only one host has: no expression, no star, no empty or invalid name. */
function isLiteral(name: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name);
}
