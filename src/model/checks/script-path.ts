import { withoutTrailingSlashes } from '../../load/path-resolver.ts';
import type { Span } from '../../syntax/source.ts';
import type { Deployment } from '../deployment.ts';
import type { Master } from '../fpm/master.ts';
import type { Pool } from '../fpm/pool.ts';
import { poolsSetting } from '../fpm/pools-saying.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import type { Link } from '../links/link.ts';
import { linksTo } from '../links/serves.ts';
import { effective, effectiveAll } from '../nginx/block.ts';

/** A pass that sends the path of a script as nginx sees it to a pool that does not see it there. */
export interface OuterPath {
  readonly pool: Pool;
  /** Why the pool sees other files: it lives in a chroot, or on another host. */
  readonly because:
    | { readonly kind: 'chroot'; readonly chroot: string; readonly span: Span }
    | { readonly kind: 'host'; readonly host: Host };
  /** The `SCRIPT_FILENAME` that nginx sends. */
  readonly script: Span;
  /** The directory that the path begins with. */
  readonly root: string;
  readonly links: readonly Link[];
  /** False where the tree does not show whether the pool has the same path. */
  readonly certain: boolean;
}

/**
 * The passes whose `SCRIPT_FILENAME` begins with a document root that does not exist where the pool lives. Only a
 * php-fpm that root starts changes its root.
 * https://www.php.net/manual/en/install.fpm.configuration.php#chroot
 */
export function outerPaths({ hosts }: Deployment): readonly OuterPath[] {
  return hosts.flatMap((host) =>
    host.masters.flatMap((master) => [
      ...poolsSetting(master.pools, 'chroot').flatMap((pool) => outsideOfChroot(pool, master, host)),
      ...(host.place?.kind === 'service'
        ? master.pools.flatMap((pool) => onAnotherHost(pool, master, host))
        : []),
    ]),
  );
}

function outsideOfChroot(pool: Pool, master: Master, host: Host): readonly OuterPath[] {
  const chroot = chrootOf(pool, master);
  const span = spanOf(pool.chroot);
  if (chroot === undefined || !span) return [];
  return rootsSentTo(pool, host).flatMap(({ root, script, links }) => {
    const { kind } = host.paths.at(`${chroot}${root}`);
    if (kind === 'directory') return [];
    return [
      { pool, because: { kind: 'chroot', chroot, span }, script, root, links, certain: kind !== 'unknown' },
    ];
  });
}

/** Containers see the same files only where both mount them. */
function onAnotherHost(pool: Pool, master: Master, host: Host): readonly OuterPath[] {
  if (chrootOf(pool, master) !== undefined) return [];
  return rootsSentTo(pool, host).flatMap(({ root, script, links }) => {
    const foreign = links.filter(({ from }) => from !== host.place);
    if (foreign.length === 0 || host.paths.at(root).kind !== 'absent') return [];
    return [{ pool, because: { kind: 'host', host }, script, root, links: foreign, certain: true }];
  });
}

function chrootOf(pool: Pool, master: Master): string | undefined {
  const chroot = withoutTrailingSlashes(knownValue(pool.chroot));
  return master.isRoot && chroot ? chroot : undefined;
}

/** The document roots that passes send to a pool. */
function rootsSentTo(
  pool: Pool,
  host: Host,
): readonly { readonly root: string; readonly script: Span; readonly links: readonly Link[] }[] {
  const byRoot = new Map<string, { script: Span; links: Link[] }>();
  for (const link of linksTo(pool, host)) {
    const sent = scriptOf(link);
    if (!sent) continue;
    const known = byRoot.get(sent.root);
    if (known) known.links.push(link);
    else byRoot.set(sent.root, { script: sent.span, links: [link] });
  }
  return [...byRoot].map(([root, { script, links }]) => ({ root, script, links }));
}

/** What nginx sends, where it begins with a directory that is written without variables, or with the document root that is. */
function scriptOf({ pass: { block } }: Link): { readonly root: string; readonly span: Span } | undefined {
  const param = effectiveAll(block, 'fastcgi_param').findLast(
    ({ args }) => args[0]?.value === 'SCRIPT_FILENAME',
  );
  const word = param?.args[1];
  if (!param || !word) return undefined;
  const span = { source: param.source, start: word.start, end: word.end };
  const literal = /^(\/[^$]*[^$/])\/?\$/.exec(word.value)?.[1];
  if (literal !== undefined) return { root: literal, span };
  if (!/^\$(?:document_root|realpath_root)\$/.test(word.value)) return undefined;
  const root = withoutTrailingSlashes(effective(block, 'root')?.directive.args[0]?.value);
  if (!root?.startsWith('/') || root.includes('$') || effective(block, 'alias')) return undefined;
  return { root, span };
}
