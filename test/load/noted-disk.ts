import { disk } from '../../src/load/disk.ts';
import type { FileSystem } from '../../src/load/file-system.ts';

/** What is asked of a disk, and of which path. */
export interface Asked {
  readonly for: keyof FileSystem;
  readonly path: string;
}

/** The real disk, and all that it is asked. */
export function notedDisk(): { readonly fs: FileSystem; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const noting =
    <More extends readonly unknown[], Answer>(
      name: keyof FileSystem,
      ask: (path: string, ...more: More) => Answer,
    ) =>
    (path: string, ...more: More): Answer => {
      asked.push({ for: name, path });
      return ask(path, ...more);
    };
  const { readFile, readDirectory, status, readLink, entriesIn } = disk;
  const fs: FileSystem = {
    readFile: noting('readFile', readFile),
    readDirectory: noting('readDirectory', readDirectory),
    status: noting('status', status),
    readLink: noting('readLink', readLink),
    ...(entriesIn && { entriesIn: noting('entriesIn', entriesIn) }),
  };
  return { fs, asked };
}
