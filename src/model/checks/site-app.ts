import { withoutTrailingSlashes } from '../../load/path-resolver.ts';
import { directoryOf } from '../../syntax/path-parts.ts';
import type { HostPaths } from '../host/host-paths.ts';
import type { Host } from '../host.ts';
import { type Block, effective } from '../nginx/block.ts';
import { saysAnywhere } from '../nginx/layouts-in.ts';

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

/** False where no document root of a host can hold an app: the checkout of a configuration has no sites. */
export function mayHoldApps({ nginx, paths }: Host): boolean {
  if (!nginx?.http) return false;
  let absent: string | undefined;
  return saysAnywhere(nginx.http, 'root', ({ values: [written] }) => {
    // Most roots are in one directory: where it is not there, nothing in it is looked up.
    if (written === undefined || (absent !== undefined && written.startsWith(absent))) return false;
    const root = wholeRoot(written);
    if (root === undefined) return false;
    const above = directoryOf(directoryOf(root));
    if (paths.at(above).kind !== 'absent') return true;
    absent = `${above}/`;
    return false;
  });
}

/** A document root that is a whole path without variables. */
function wholeRoot(written: string | undefined): string | undefined {
  const root = withoutTrailingSlashes(written);
  return root?.startsWith('/') && !root.includes('$') ? root : undefined;
}

/** The app behind the document root of a block, where the tree holds its files. */
export function siteAppOf(block: Block, paths: HostPaths): SiteApp | undefined {
  const root = wholeRoot(effective(block, 'root')?.directive.statement.values[0]);
  if (root === undefined) return undefined;
  // Where a checkout holds no sites, that is seen once for all of them, and where it holds no apps, once a site.
  if (!isDirectory(directoryOf(directoryOf(root)), paths)) return undefined;
  const isThere = isDirectory(root, paths);
  const isAboveThere = isDirectory(directoryOf(root), paths);
  if (!isThere && !isAboveThere) return undefined;
  for (const [name, file, above] of marks) {
    if (!(above ? isAboveThere : isThere)) continue;
    const directory = above ? directoryOf(root) : root;
    if (paths.at(`${directory}/${file}`).kind === 'file') return { name, directory };
  }
  return undefined;
}

function isDirectory(path: string, paths: HostPaths): boolean {
  return paths.at(path).kind === 'directory';
}
