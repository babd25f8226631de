import type { Statement } from '../../syntax/nginx/statement.ts';
import type { Span } from '../../syntax/source.ts';
import type { Pool } from '../fpm/pool.ts';
import { type Alike, poolsByKind } from '../fpm/pool-kind.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linkKinds } from '../links/link-kind.ts';
import { linksTo } from '../links/serves.ts';
import { lastValue } from '../nginx/block.ts';
import { settingsOf } from '../nginx/pass-kind.ts';
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
  if (!mayDeny(host, runs)) return found;
  for (const { pools } of host.masters) {
    for (const pool of pools) {
      const links = linksTo(pool, host);
      if (links.length === 0) continue;
      const list = listOf(pool);
      const denied = links.filter((link) => !runs(list, extensionPassed(link)));
      if (denied.length === 0) continue;
      for (const [extension, ofExtension] of byExtension(denied)) {
        const span = spanOf(pool.limitExtensions) ?? patternSpan(ofExtension);
        if (span) found.push({ pool, span, extension, list, links: ofExtension });
      }
    }
  }
  return found;
}

type Runs = (list: string, extension: string) => boolean;

/** So many lists and extensions are held against each other to tell that nothing is denied. */
const TRIED_MAX = 1000;

/** False where every list of a pool lets run what any pass leads to. */
function mayDeny(host: Host, runs: Runs): boolean {
  if (host.incoming.length > 0) return true;
  const kinds = host.masters.flatMap(({ pools }) => [...poolsByKind(pools).kinds]);
  const lists = new Set(kinds.map(({ one }) => listOf(one)));
  const extensions = extensionsIn(host);
  if (lists.size * extensions.size > TRIED_MAX) return true;
  return [...lists].some((list) => [...extensions].some((extension) => !runs(list, extension)));
}

/** All that {@link extensionPassed} may say of the links. */
function extensionsIn(host: Host): ReadonlySet<string> {
  const scripts = new Set(
    [...linkKinds(host)].flatMap(({ pass }) => settingsOf(pass, 'fastcgi_param').map(scriptAmong)),
  );
  const found = new Set([...scripts].map((script) => extensionWritten(script) ?? ''));
  if ([...scripts].some(isByLocation)) {
    for (const location of differentLocations(host.links)) found.add(extensionOfPattern(location) ?? '');
  }
  return found;
}

/** The locations of the links, without those that are written as the one before. */
function differentLocations(links: readonly Link[]): readonly Location[] {
  const found: Location[] = [];
  let before: Location | undefined;
  for (const { pass } of links) {
    const { location } = pass;
    if (location.pattern === before?.pattern && location.match === before.match) continue;
    found.push(location);
    before = location;
  }
  return found;
}

function scriptAmong(parameters: readonly Statement[]): string | undefined {
  return parameters.findLast(({ values }) => values[0] === 'SCRIPT_FILENAME')?.values[1];
}

function listOf({ limitExtensions }: Alike): string {
  return knownValue(limitExtensions) ?? '';
}

/** Whether a list lets scripts of an extension run. Ten thousand pools have a few lists, and their locations a few extensions. */
function scriptsRun(): Runs {
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
    const extension = extensionPassed(link);
    const same = found.get(extension);
    if (same) same.push(link);
    else found.set(extension, [link]);
  }
  return found;
}

/** The one extension of the scripts that a pass leads to; empty where it is not known. */
function extensionPassed({ pass: { block, location } }: Link): string {
  const script = lastValue(block, 'fastcgi_param', 'SCRIPT_FILENAME');
  return (isByLocation(script) ? extensionOfPattern(location) : extensionWritten(script)) ?? '';
}

/** True for a `SCRIPT_FILENAME` that ends in what was asked for, so that only the location tells more. */
function isByLocation(script: string | undefined): boolean {
  return script !== undefined && /\$(?:fastcgi_script_name|uri|document_uri)$/.test(script);
}

function extensionWritten(script: string | undefined): string | undefined {
  return script === undefined ? undefined : /\.[a-z0-9]+$/i.exec(script)?.[0];
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
