import type { Root } from '../../load/root.ts';
import { parsePasswd } from '../host/users.ts';

/** The home directories of root and of the people of a host, who may start programs of their own. */
export function homesOf(root: Root): readonly string[] {
  const read = root.read('/etc/passwd');
  if (read.kind !== 'read') return ['/root'];
  const people = parsePasswd(read.source).filter(({ uid }) => uid === 0 || (uid >= 1000 && uid < 60_000));
  return [...new Set(people.map(({ home }) => home))].filter((home) => home.startsWith('/') && home !== '/');
}
