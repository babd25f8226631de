import { withoutTrailingSlashes } from '../../load/path-resolver.ts';
import { directoryOf } from '../../syntax/path-parts.ts';
import type { HostPaths } from '../host/host-paths.ts';
import { type Block, effective } from '../nginx/block.ts';

/** An app of PHP that its files give away. */
export interface SiteApp {
  readonly name: 'WordPress' | 'Laravel' | 'Magento' | 'Nextcloud';
  /** Where it is installed, which may be above the document root. */
  readonly directory: string;
}

/** A file that only this app has, below its directory; the document root is that directory or one in it. */
const marks: readonly (readonly [SiteApp['name'], file: string, above: boolean])[] = [
  ['WordPress', 'wp-cron.php', false],
  ['Nextcloud', 'occ', false],
  ['Magento', 'bin/magento', true],
  ['Magento', 'bin/magento', false],
  ['Laravel', 'artisan', true],
];

/** The app behind the document root of a block, where the tree holds its files. */
export function siteAppOf(block: Block, paths: HostPaths): SiteApp | undefined {
  const root = withoutTrailingSlashes(effective(block, 'root')?.directive.args[0]?.value);
  if (!root?.startsWith('/') || root.includes('$')) return undefined;
  // Where a checkout holds no apps, that is seen once a site and not once a file.
  const isThere = paths.at(root).kind === 'directory';
  const isAboveThere = paths.at(directoryOf(root)).kind === 'directory';
  if (!isThere && !isAboveThere) return undefined;
  for (const [name, file, above] of marks) {
    if (!(above ? isAboveThere : isThere)) continue;
    const directory = above ? directoryOf(root) : root;
    if (paths.at(`${directory}/${file}`).kind === 'file') return { name, directory };
  }
  return undefined;
}
