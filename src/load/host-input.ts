import type { MasterLayout } from './php.ts';
import type { Root } from './root.ts';

/** What is known of a host's nginx before it is read. */
export type NginxInput =
  | { readonly kind: 'main'; readonly path: string }
  /** Files without the nginx.conf they belong to. `prefix` is where their relative includes are looked for. */
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly prefix: string };

/** One host to be read: where its files are, and how much of it was given. */
export interface HostInput {
  /** As a person would name it: the directory given, or `this host`. */
  readonly name: string;
  readonly root: Root;
  /** `live`: the machine no502 runs on. `root`: a directory that plays `/`. `paths`: some files of a host. */
  readonly given: 'live' | 'root' | 'paths';
  readonly nginx?: NginxInput;
  readonly masters: readonly MasterLayout[];
  /** Pools without the php-fpm.conf they belong to. */
  readonly poolFiles: readonly string[];
  /** php.ini files without a master. */
  readonly iniFiles: readonly string[];
  /** What was found whole. What reading shows to be missing comes on top. */
  readonly complete: {
    /** nginx starts from a main file. */
    readonly nginx: boolean;
    /** Every php-fpm master is known, and there is one, or the tree is a whole system. */
    readonly fpm: boolean;
  };
}

/** Something given that could not be read, while everything else is linted. */
export interface LoadProblem {
  /** The path as a user at the current directory would open it. */
  readonly file: string;
  /** One sentence without a period. */
  readonly message: string;
}

/** Everything a call's arguments stand for. */
export interface Discovery {
  readonly hosts: readonly HostInput[];
  readonly problems: readonly LoadProblem[];
}
