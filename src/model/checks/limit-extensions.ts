import type { Span } from '../../syntax/source.ts';
import type { Pool } from '../fpm/pool.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linksTo } from '../links/serves.ts';
import { lastValue } from '../nginx/block.ts';
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
  const found: DeniedScripts[] = [];
  const runs = scriptsRun();
  for (const { pools } of host.masters) {
    for (const pool of pools) {
      const links = linksTo(pool, host);
      if (links.length === 0) continue;
      const { limitExtensions } = pool;
      const list = knownValue(limitExtensions) ?? '';
      const denied = links.filter((link) => !runs(list, extensionOf(link) ?? ''));
      if (denied.length === 0) continue;
      for (const [extension, ofExtension] of byExtension(denied)) {
        const span = spanOf(limitExtensions) ?? patternSpan(ofExtension);
        if (span) found.push({ pool, span, extension, list, links: ofExtension });
      }
    }
  }
  return found;
}

/** Whether a list lets scripts of an extension run. Ten thousand pools have a few lists, and their locations a few extensions. */
function scriptsRun(): (list: string, extension: string) => boolean {
  const lists = new Map<
    string,
    { readonly entries: readonly string[]; readonly known: Map<string, boolean> }
  >();
  return (list, extension) => {
    let read = lists.get(list);
    if (!read) {
      const entries = list.split(/[ \t]+/).filter((entry) => entry !== '');
      read = { entries, known: new Map() };
      lists.set(list, read);
    }
    const { entries, known } = read;
    const before = known.get(extension);
    if (before !== undefined) return before;
    const isRun =
      entries.length === 0 ||
      extension === '' ||
      entries.some((entry) => `index${extension}`.endsWith(entry));
    known.set(extension, isRun);
    return isRun;
  };
}

function byExtension(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const found = new Map<string, Link[]>();
  for (const link of links) {
    const extension = extensionOf(link) ?? '';
    const same = found.get(extension);
    if (same) same.push(link);
    else found.set(extension, [link]);
  }
  return found;
}

/** The one extension of the scripts that a pass leads to; `undefined` where it is not known. */
function extensionOf({ pass: { block, location } }: Link): string | undefined {
  const script = lastValue(block, 'fastcgi_param', 'SCRIPT_FILENAME');
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
