import { directoryOf } from '../../syntax/path-parts.ts';
/** What is known of a path at the time the daemons start. */
export type PathFact =
  | {
      readonly kind: 'directory' | 'file';
      /** Who may enter or read it; absent where the tree does not say it truly, as a checkout does not. */
      readonly access?: PathAccess;
    }
  /** It is not there. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Owner, group and permission bits. */
export interface PathAccess {
  readonly uid: number;
  readonly gid: number;
  /** The lower twelve bits. */
  readonly mode: number;
}

/** The directories and files of a host, as its tree, its packages and its boot show them. */
export interface HostPaths {
  at(path: string): PathFact;
}

/** What open(2) and bind(2) say where the directory of a path is not one; `undefined` where it is, or where that is unknown. */
export function parentFailure(paths: HostPaths, path: string): string | undefined {
  const { kind } = paths.at(directoryOf(path));
  if (kind === 'absent') return 'No such file or directory (2)';
  return kind === 'file' ? 'Not a directory (20)' : undefined;
}
