import type { Directive, ParsedNginx } from '../syntax/nginx/tree.ts';
import type { Errno } from './errno.ts';

/** One file as nginx reads it. */
export interface LoadedFile {
  /** The path as nginx opens it. */
  readonly path: string;
  /** Shared by all paths that lead to the same real file: it is parsed once. */
  readonly parsed: ParsedNginx;
  /** What it brings where it is included, its own includes put in place: directives, a block counting as many. */
  readonly weight: number;
}

/** A file that an `include` names and that nginx cannot read; nginx refuses to start. */
export interface RefusedFile {
  /**
   * `missing`: it is not there. `directory`: it is one. `link-loop`: its symlinks never end. `include-loop`: it includes itself, directly
   * or through others, until nginx may open no more files (or, with a large file limit, its stack is full and it dies by SIGSEGV).
   */
  readonly kind: 'missing' | 'directory' | 'link-loop' | 'include-loop';
  readonly path: string;
  /** What nginx logs: `open() "/etc/nginx/x.conf" failed (2: No such file or directory)`. */
  readonly message: string;
}

/** A file that an `include` names and that no502 could not read: of what stands in it, nothing is known. */
export interface UnreadFile {
  readonly kind: 'unread';
  readonly path: string;
  /** One sentence without a period, for a person. */
  readonly why: string;
  /** True where the file is there and no502 cannot read it; false where it was not given. */
  readonly isThere: boolean;
}

/** What an `include` directive brings. */
export type Included =
  | {
      readonly kind: 'files';
      readonly files: readonly LoadedFile[];
      /** True where the argument is a pattern; a pattern may match nothing. */
      readonly glob: boolean;
      /** Of a pattern's matches, those that nginx or no502 cannot read: a link to nowhere, a directory. */
      readonly failed: readonly (RefusedFile | UnreadFile)[];
    }
  | RefusedFile
  | UnreadFile;

/** An `include` of which something could not be read, and what there is of it. A snippet's own appears once, however many files share it. */
export interface TroubledInclude {
  readonly directive: Directive;
  readonly found: Included;
}

/** The failure of the call with which nginx opens or reads a file, as it logs it. */
export function refused(
  kind: RefusedFile['kind'],
  path: string,
  call: 'open' | 'pread',
  errno: Errno,
): RefusedFile {
  return { kind, path, message: `${call}() "${path}" failed (${errno.errno}: ${errno.message})` };
}
