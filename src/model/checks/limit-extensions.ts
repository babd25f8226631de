import type { Span } from '../../syntax/source.ts';
import type { Pool } from '../fpm/pool.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linksTo } from '../links/serves.ts';
import { effectiveAll } from '../nginx/block.ts';
import type { Location } from '../nginx/server.ts';

/** A pool that serves none of the scripts that nginx passes to it. */
export interface DeniedScripts {
  readonly pool: Pool;
  /** The list; where it is the default, the pattern of the location. */
  readonly span: Span;
  /** The extension that nginx passes: `.php`. */
  readonly extension: string;
  readonly list: string;
  readonly links: readonly Link[];
}

/**
 * The pools whose `security.limit_extensions` leaves out what the location passes. The list is cut at blanks, not at
 * commas, and an entry must be the end of the script's name, case and all.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_php.c, fpm_php_limit_extensions
 */
export function deniedScripts(host: Host): readonly DeniedScripts[] {
  return host.masters.flatMap(({ pools }) =>
    pools.flatMap((pool) => {
      const { limitExtensions } = pool;
      const list = knownValue(limitExtensions) ?? '';
      const entries = list.split(/[ \t]+/).filter((entry) => entry !== '');
      if (entries.length === 0) return [];
      const byExtension = new Map<string, Link[]>();
      for (const link of linksTo(pool, host)) {
        const extension = extensionOf(link);
        if (extension === undefined || entries.some((entry) => `index${extension}`.endsWith(entry))) continue;
        const links = byExtension.get(extension);
        if (links) links.push(link);
        else byExtension.set(extension, [link]);
      }
      return [...byExtension].flatMap(([extension, links]) => {
        const span = spanOf(limitExtensions) ?? patternSpan(links);
        return span ? [{ pool, span, extension, list, links }] : [];
      });
    }),
  );
}

/** The one extension of the scripts that a pass leads to; `undefined` where it is not known. */
function extensionOf({ pass: { block, location } }: Link): string | undefined {
  const script = effectiveAll(block, 'fastcgi_param').findLast(
    ({ args }) => args[0]?.value === 'SCRIPT_FILENAME',
  )?.args[1]?.value;
  if (script === undefined) return undefined;
  if (!/\$(?:fastcgi_script_name|uri|document_uri)$/.test(script)) return /\.[a-z0-9]+$/i.exec(script)?.[0];
  return extensionOfPattern(location);
}

/** `\.php$`, `\.php(/|$)`, `= /index.php`. */
function extensionOfPattern({ match, pattern }: Location): string | undefined {
  if (match === 'exact') return /\.[a-z0-9]+$/i.exec(pattern)?.[0];
  if (match !== 'regex') return undefined;
  return /\\(\.[a-z0-9]+)(?:\$|\(\/\|\$\)|\(\$\|\/\)|\(\?:\$\|\/\)|\(\?:\/\|\$\))$/i.exec(pattern)?.[1];
}

function patternSpan(links: readonly Link[]): Span | undefined {
  const pass = links[0]?.pass;
  const word = pass?.location.block.directive?.args.at(-1);
  return pass && word
    ? {
        source: pass.location.block.directive?.source ?? pass.directive.source,
        start: word.start,
        end: word.end,
      }
    : undefined;
}
