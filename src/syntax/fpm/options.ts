import type { Source } from '../source.ts';

/** What the reader must know about the php-fpm whose files it reads. */
export interface FpmOptions {
  /** As far as it is known: `8.2` or `8.2.36`. */
  readonly phpVersion?: string;
  /**
   * What relative includes are under: the `-p` option, else the build's prefix: `/usr` on Debian, `/usr/local` in Docker.
   * Absent where it is not known.
   */
  readonly prefix?: string;
  /** The environment php-fpm is started with, where it is known; absent makes `${NAME}` unknown. */
  readonly env?: ReadonlyMap<string, string>;
  /** php.ini directives, which `${NAME}` finds before the environment. */
  readonly phpIni?: ReadonlyMap<string, string>;
  /**
   * True where the main source is only part of a master, such as one file of `pool.d`: sections may begin and end
   * in files that were not given.
   */
  readonly isPart?: boolean;
}

/** What an include pattern leads to. */
export type FpmIncluded =
  | {
      readonly kind: 'files';
      /** The regular files in glob's order, directories left out. */
      readonly sources: readonly Source[];
    }
  | { readonly kind: 'no-match' }
  | {
      readonly kind: 'glob-error';
      /** What glob(3) returns: 2 where a directory cannot be read, 1 without memory. */
      readonly ret: number;
    }
  | {
      readonly kind: 'unreadable';
      readonly path: string;
      /** As `open(2)` answers: 13 and `Permission denied`. */
      readonly errno: number;
      readonly message: string;
    }
  | {
      /** Outside of what was given. */
      readonly kind: 'unknown';
      readonly why: string;
    };

/** Finds included files for the reader, as glob(3) does with `GLOB_ERR | GLOB_MARK`. */
export type FpmIncluder = (pattern: string, from: Source) => FpmIncluded;
