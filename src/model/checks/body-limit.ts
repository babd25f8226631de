import type { Span } from '../../syntax/source.ts';
import { parseNginxOffset } from '../../values/nginx.ts';
import type { Master } from '../fpm/master.ts';
import { bytesOf, phpSetting } from '../fpm/php-setting.ts';
import type { Pool } from '../fpm/pool.ts';
import { type Alike, poolsByKind } from '../fpm/pool-kind.ts';
import type { GivenSetting } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import { poolsBehind } from '../links/dialed.ts';
import type { Link } from '../links/link.ts';
import { type Effective, effective } from '../nginx/block.ts';

/** A body that PHP would take and that nginx turns away. Sizes are in bytes. */
export interface BodyLimit {
  readonly links: readonly Link[];
  readonly pool: Pool;
  readonly phpBytes: number;
  readonly phpSpan: Span;
  readonly nginxBytes: number;
  /** Absent where nginx's default of 1 MiB is in effect. */
  readonly from?: Effective;
}

/** What the stock php.ini writes for `post_max_size`, so that it says nothing about what anybody wants. */
const stockPostSize = 8 * 2 ** 20;

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size */
const defaultBodySize = 2 ** 20;

/** Finds the pools for which somebody raised `post_max_size` above what nginx lets through, each line of php.ini once. */
export function bodyLimits(host: Host): readonly BodyLimit[] {
  const found = new Map<string, Omit<BodyLimit, 'links'> & { readonly links: Link[] }>();
  if (!mayTakeMore(host)) return [];
  for (const link of host.links) {
    const { pass } = link;
    if (pass.unreachable !== undefined) continue;
    for (const { master, pool } of poolsBehind(link)) {
      const size = raisedSize(pool, master);
      if (!size) continue;
      const from = effective(pass.block, 'client_max_body_size');
      const nginxBytes = from ? parseNginxOffset(from.directive.args[0]?.value ?? '') : defaultBodySize;
      // Zero switches the check off.
      if (nginxBytes === undefined || nginxBytes === 0 || size.value <= nginxBytes) continue;
      const { source, start } = size.span;
      const place = `${source.file}:${start}:${from?.directive.start ?? ''}`;
      const known = found.get(place);
      if (known) known.links.push(link);
      else {
        found.set(place, {
          links: [link],
          pool,
          phpBytes: size.value,
          phpSpan: size.span,
          nginxBytes,
          ...(from && { from }),
        });
      }
    }
  }
  return [...found.values()];
}

/** Whether any pool that the passes of a host lead to takes more than what says nothing. */
function mayTakeMore({ masters, place }: Host): boolean {
  // Passes may lead to the pools of other hosts.
  if (place) return true;
  return masters.some((master) =>
    [...poolsByKind(master.pools).kinds].some(({ one }) => raisedSize(one, master) !== undefined),
  );
}

/** `post_max_size` where somebody has raised it. */
function raisedSize(pool: Alike, master: Master): GivenSetting<number> | undefined {
  const size = bytesOf(phpSetting(master, pool, 'post_max_size'));
  return size.kind === 'given' && size.value > stockPostSize ? size : undefined;
}
