import { sourceAt } from '../../load/readable.ts';
import type { Root } from '../../load/root.ts';
import type { NearbyFiles } from './commands/call.ts';
import { scriptOf } from './package-json.ts';

/** The files of a host as its programs would open them. */
export function nearbyFiles(root: Root): NearbyFiles {
  const read: NearbyFiles['read'] = (path) => (path.startsWith('/') ? sourceAt(root, path) : undefined);
  return {
    read,
    isAbsent: (path) => path.startsWith('/') && root.resolve(path).kind === 'missing',
    script: (directory, name) => {
      const source = read(`${directory}/package.json`);
      return source && scriptOf(source, name);
    },
  };
}
