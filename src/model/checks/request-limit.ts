import type { Directive } from '../../syntax/nginx/tree.ts';
import type { Host } from '../host.ts';
import { type Block, effective, effectiveAll, namesIn, own, ownAll } from '../nginx/block.ts';
import type { Location, Server } from '../nginx/server.ts';
import { eachLocation } from '../nginx/server.ts';
import { oncePer } from '../once-per.ts';

/** A `limit_req` or `limit_conn` in effect in a location, with the zone it counts in. */
export interface RequestLimit {
  readonly directive: Directive;
  readonly zone: LimitZone;
  readonly server: Server;
  readonly location: Location;
  /** How many requests may come too early: 0 where nothing is set, and for connections. */
  readonly burst: number;
  /** What visitors get; 503 where nothing is set. */
  readonly status: number;
}

/** A `limit_req_zone` or `limit_conn_zone`. */
export interface LimitZone {
  readonly directive: Directive;
  readonly name: string;
  /** What is counted, as it is written: `$binary_remote_addr`. */
  readonly key: string;
  /** Requests in a second; absent for connections. */
  readonly rate?: number;
}

/**
 * The limits of all locations, each directive once, with the first location that it is in effect for. Both inherit all or nothing.
 * https://nginx.org/en/docs/http/ngx_http_limit_req_module.html
 */
export const requestLimits = oncePer(({ nginx }: Host): readonly RequestLimit[] => {
  if (!nginx?.http) return [];
  const names = namesIn(nginx.http);
  const used = ['limit_req', 'limit_conn'].filter((name) => names.has(name));
  if (used.length === 0) return [];
  const zones = zonesOf(nginx.http);
  const found = new Map<Directive, RequestLimit>();
  for (const server of nginx.servers) {
    for (const location of eachLocation(server.locations)) {
      const { block } = location;
      // A `return` answers in an earlier phase than the limits.
      if (own(block, 'return') || own(server.block, 'return')) continue;
      for (const name of used) {
        for (const directive of effectiveAll(block, name)) {
          const zone = zones.get(zoneOf(directive));
          if (!zone || found.has(directive) || isOn(block, `${name}_dry_run`)) continue;
          const status = Number(effective(block, `${name}_status`)?.directive.args[0]?.value ?? 503);
          found.set(directive, { directive, zone, server, location, burst: burstOf(directive), status });
        }
      }
    }
  }
  return [...found.values()];
});

function isOn(block: Block, name: string): boolean {
  return effective(block, name)?.directive.args[0]?.value.toLowerCase() === 'on';
}

function zonesOf(http: Block): ReadonlyMap<string, LimitZone> {
  const zones = new Map<string, LimitZone>();
  for (const module of ['limit_req', 'limit_conn']) {
    for (const directive of ownAll(http, `${module}_zone`)) {
      const [key, ...parameters] = directive.args.map(({ value }) => value);
      const name = after('zone=', parameters)?.split(':')[0];
      if (key === undefined || name === undefined) continue;
      const rate = rateOf(after('rate=', parameters));
      if (module === 'limit_req' && rate === undefined) continue;
      zones.set(`${module} ${name}`, {
        directive,
        name,
        key,
        ...(module === 'limit_req' && rate !== undefined && { rate }),
      });
    }
  }
  return zones;
}

function zoneOf({ name, args }: Directive): string {
  const words = args.map(({ value }) => value);
  return name === 'limit_req' ? `limit_req ${after('zone=', words)}` : `limit_conn ${words[0]}`;
}

function burstOf({ args }: Directive): number {
  return Number(
    after(
      'burst=',
      args.map(({ value }) => value),
    ) ?? 0,
  );
}

function after(prefix: string, words: readonly string[]): string | undefined {
  return words.find((word) => word.startsWith(prefix))?.slice(prefix.length);
}

/** `10r/s` or `30r/m`, in requests a second. */
function rateOf(text: string | undefined): number | undefined {
  const amount = Number.parseInt(text ?? '', 10);
  if (text === undefined || !(amount > 0)) return undefined;
  return text.endsWith('r/m') ? amount / 60 : text.endsWith('r/s') ? amount : undefined;
}

/** True where the zone counts each address by itself. */
export function isByAddress({ key }: LimitZone): boolean {
  return key === '$binary_remote_addr' || key === '$remote_addr';
}

/** What nginx logs for the first request above a limit, where all of them come at once. */
export function limitLog({ zone, burst }: RequestLimit): string {
  return zone.rate === undefined
    ? `limiting connections by zone "${zone.name}"`
    : `limiting requests, excess: ${burst + 1}.000 by zone "${zone.name}"`;
}
