import type { FileSystem } from '../file-system.ts';

/** The machine, as the containers on it see it. */
export interface MachineFiles extends FileSystem {
  /** True where they have read so much of it that no more is read. Absent where that has no end. */
  readonly isUsedUp?: () => boolean;
}

/** In bytes. One file may be mounted into every container, and each of them reads it anew. */
const MOST = 4 << 20;

/** What a file counts that is longer than is read of one: nothing of it is kept, but looking at it takes its time. */
const TOO_LONG = 1 << 16;

/** Measures what containers read of the machine, all together. */
export function measured(fileSystem: FileSystem): MachineFiles {
  let read = 0;
  return {
    ...fileSystem,
    readFile(path, most) {
      const bytes = fileSystem.readFile(path, most);
      read += most !== undefined && bytes.length >= most ? TOO_LONG : bytes.length;
      return bytes;
    },
    isUsedUp: () => read > MOST,
  };
}
