import { withoutTrailingSlashes } from '../../load/path-resolver.ts';
import type { Statement } from '../../syntax/nginx/statement.ts';
import { directoryOf } from '../../syntax/path-parts.ts';
import type { HostPaths } from '../host/host-paths.ts';
import type { Host } from '../host.ts';
import { type Block, effective } from '../nginx/block.ts';
import { surveyed } from '../nginx/survey.ts';

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
  return [...placesOfApps(nginx.http)].some((directory) => isDirectory(directory, paths));
}

/** What all document roots are in. An app is installed at a root or right above it, so what is above that has to be there. */
const placesOfApps = surveyed(
  (name) => name === 'root',
  () => {
    const answer = new Set<string>();
    let last: string | undefined;
    const see = ({ values }: Statement): void => {
      const written = values[0];
      // Most roots are in one directory.
      if (written === undefined || (last !== undefined && written.startsWith(last))) return;
      const root = wholeRoot(written);
      if (root === undefined) return;
      const above = directoryOf(directoryOf(root));
      answer.add(above);
      last = above === '/' ? above : `${above}/`;
    };
    return { answer, see };
  },
);

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
