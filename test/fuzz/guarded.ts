import type { FileSystem } from '../../src/load/file-system.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { type FuzzInput, must } from './target.ts';

/** The directory that plays `/` where a tree is read, or all that was given. */
export const base = '/srv/host';

/** A file system that is asked for nothing outside of the root, and never through a link. */
export function guarded(files: FuzzInput['files'] = {}): FileSystem {
  return guardedBy(files, () => false);
}

/** The same where the root is the whole machine: the way from there to what was given is asked for, too. */
export function guardedBelow(files: FuzzInput['files'] = {}): FileSystem {
  return guardedBy(files, (path) => path === '/' || base.startsWith(`${path}/`));
}

function guardedBy(files: FuzzInput['files'], isOnTheWay: (path: string) => boolean): FileSystem {
  const fs = memoryFileSystem({ [base]: { directory: true }, ...files });
  const within =
    <Answer>(ask: (path: string) => Answer, alsoMay: (path: string) => boolean) =>
    (path: string): Answer => {
      must(path === base || path.startsWith(`${base}/`) || alsoMay(path), `it asks for ${path}`);
      must(!path.split('/').includes('..'), `it asks for ${path}`);
      return ask(path);
    };
  const never = (): boolean => false;
  return {
    readFile: within(fs.readFile, never),
    readDirectory: within(fs.readDirectory, never),
    status: within(fs.status, isOnTheWay),
    readLink: within(fs.readLink, isOnTheWay),
  };
}
