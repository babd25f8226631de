import { sourceAt } from '../../load/readable.ts';
import { type Root, underPrefix } from '../../load/root.ts';
import type { Source } from '../../syntax/source.ts';
import { readSupervisor } from '../../syntax/supervisor/supervisor-conf.ts';

/** Where supervisord looks for its file, the first that is there counts. https://supervisord.org/configuration.html#configuration-file */
const mainFiles = [
  '/etc/supervisord.conf',
  '/etc/supervisor/supervisord.conf',
  '/usr/etc/supervisord.conf',
] as const;

/** What the packages' own file includes, for a tree that holds the programs and not that file. */
const packaged = [
  '/etc/supervisor/conf.d/*.conf',
  '/etc/supervisord.d/*.ini',
  '/etc/supervisor.d/*.ini',
] as const;

/** The files that the supervisor of a host reads: its own and what that includes. */
export function supervisorFiles(root: Root): readonly Source[] {
  for (const path of mainFiles) {
    const source = sourceAt(root, path);
    if (source) return [source, ...includedBy(source, root)];
  }
  return packaged.flatMap((pattern) => matching(root, pattern));
}

function includedBy(source: Source, root: Root): readonly Source[] {
  const here = source.path.slice(0, source.path.lastIndexOf('/'));
  return readSupervisor(source)
    .filter(({ name }) => name === 'include')
    .flatMap(({ entries }) => entries.filter(({ key }) => key === 'files'))
    .flatMap(({ value }) => value.trim().split(/\s+/))
    .flatMap((pattern) => matching(root, underPrefix(here, pattern.replace('%(here)s', here))));
}

function matching(root: Root, pattern: string): readonly Source[] {
  return root.glob(pattern).paths.flatMap((path) => sourceAt(root, path) ?? []);
}
