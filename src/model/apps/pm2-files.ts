import { namesIn, sourceAt } from '../../load/readable.ts';
import type { Root } from '../../load/root.ts';
import { knownUnits, serviceSettings } from '../../load/systemd-units.ts';
import { directoryOf } from '../../syntax/path-parts.ts';
import type { Source } from '../../syntax/source.ts';
import { homesOf } from './homes.ts';
import { isPm2File } from './pm2.ts';

/** Directories whose subdirectories hold apps. */
const parents = ['/srv', '/var/www', '/opt', '/home'] as const;

/** So many directories are looked into: a host with more apps than that is no host that pm2 runs by one file each. */
const DIRECTORIES_MAX = 500;

/** The files of pm2 on a host: beside its apps, in the homes of its users, and where its units say. */
export function pm2Files(root: Root): readonly Source[] {
  const homes = homesOf(root);
  const below = [...parents, ...homes].flatMap((directory) =>
    namesIn(root, directory)
      .filter((name) => !name.startsWith('.') && name !== 'node_modules')
      .map((name) => `${directory}/${name}`),
  );
  const directories = new Set([...parents, ...homes, ...workingDirectories(root), '/app', ...below]);
  const paths = [...directories].slice(0, DIRECTORIES_MAX).flatMap((directory) =>
    namesIn(root, directory)
      .filter(isPm2File)
      .map((name) => `${directory}/${name}`),
  );
  return [...new Set(paths)].sort().flatMap((path) => sourceAt(root, path) ?? []);
}

function workingDirectories(root: Root): readonly string[] {
  return knownUnits(root)
    .local.flatMap((name) => serviceSettings(root, name).get('WorkingDirectory') ?? [])
    .filter((path) => path.startsWith('/'));
}

/**
 * True where pm2 is known to run what a file declares. On a live host old files lie about: there `pm2 save` has written
 * the apps that run. A tree that is made for a host holds what is meant for it.
 */
export function isRunByPm2(source: Source, root: Root): boolean {
  if (!root.isLive) return true;
  return homesOf(root).some((home) => {
    const dump = sourceAt(root, `${home}/.pm2/dump.pm2`);
    return dump?.text.includes(directoryOf(source.path)) ?? false;
  });
}
