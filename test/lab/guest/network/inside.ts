import { lstatSync, readlinkSync } from 'node:fs';
import { join, posix } from 'node:path';

/** No real tree has more links in one path; a loop has. */
const LINKS_MAX = 40;

/** Where a path of a container really lies in it: its links are resolved within its root, never against the machine's. */
export function realInside(root: string, path: string): string {
  let real = '/';
  let rest = posix.resolve('/', path).split('/').slice(1);
  for (let links = 0; rest.length > 0; ) {
    const [name = '', ...behind] = rest;
    const next = posix.join(real, name);
    if (lstatSync(join(root, next), { throwIfNoEntry: false })?.isSymbolicLink()) {
      if (++links > LINKS_MAX) throw new Error(`${path} is a loop of links`);
      rest = [
        ...posix
          .resolve(real, readlinkSync(join(root, next)))
          .split('/')
          .slice(1),
        ...behind,
      ];
      real = '/';
    } else {
      real = next;
      rest = behind;
    }
  }
  return real;
}
