import { withoutTrailingSlashes } from '../../load/path-resolver.ts';
import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linksTo } from '../links/serves.ts';
import { effective, effectiveAll } from '../nginx/block.ts';

/** A pass that sends the path of a script as the host sees it to a pool that lives in a chroot. */
export interface OuterPath {
  readonly pool: Pool;
  readonly chroot: string;
  /** Where the chroot is set. */
  readonly span: Span;
  /** The `SCRIPT_FILENAME` that nginx sends. */
  readonly script: Span;
  /** The directory that the path begins with. */
  readonly root: string;
  readonly links: readonly Link[];
  /** False where the tree does not show whether the chroot holds the same path inside. */
  readonly certain: boolean;
}

/**
 * The passes whose `SCRIPT_FILENAME` begins with a document root that does not exist inside of the pool's chroot. Only a
 * php-fpm that root starts changes its root.
 * https://www.php.net/manual/en/install.fpm.configuration.php#chroot
 */
export function outerPaths(host: Host): readonly OuterPath[] {
  return host.masters.flatMap((master) => master.pools.flatMap((pool) => judge(pool, master, host)));
}

function judge(pool: Pool, master: Master, host: Host): readonly OuterPath[] {
  const chroot = withoutTrailingSlashes(knownValue(pool.chroot));
  const span = spanOf(pool.chroot);
  if (!master.isRoot || !chroot || !span) return [];
  const byRoot = new Map<string, { script: Span; links: Link[] }>();
  for (const link of linksTo(pool, host)) {
    const sent = scriptOf(link);
    if (!sent) continue;
    const known = byRoot.get(sent.root);
    if (known) known.links.push(link);
    else byRoot.set(sent.root, { script: sent.span, links: [link] });
  }
  return [...byRoot].flatMap(([root, { script, links }]) => {
    const { kind } = host.paths.at(`${chroot}${root}`);
    if (kind === 'directory') return [];
    return [{ pool, chroot, span, script, root, links, certain: kind !== 'unknown' }];
  });
}

/** What nginx sends, where it begins with the document root and that is written without variables. */
function scriptOf({ pass: { block } }: Link): { readonly root: string; readonly span: Span } | undefined {
  const param = effectiveAll(block, 'fastcgi_param').findLast(
    ({ args }) => args[0]?.value === 'SCRIPT_FILENAME',
  );
  const word = param?.args[1];
  if (!param || !word || !/^\$(?:document_root|realpath_root)\$/.test(word.value)) return undefined;
  const root = withoutTrailingSlashes(effective(block, 'root')?.directive.args[0]?.value);
  if (!root?.startsWith('/') || root.includes('$') || effective(block, 'alias')) return undefined;
  return { root, span: { source: param.source, start: word.start, end: word.end } };
}
