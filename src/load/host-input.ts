import type { FileKind } from './classify.ts';
import type { RunningContainer } from './container/program.ts';
import type { FileSystem } from './file-system.ts';
import type { Machine } from './machine.ts';
import type { NetworkPlace } from './network-place.ts';
import type { MasterLayout } from './php.ts';
import type { Root } from './root.ts';

/** What a user named. */
export interface DiscoverRequest {
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** Files, directories and patterns; empty where the root or the live host is meant. */
  readonly paths: readonly string[];
  /** The directory that plays `/`, as the user gave it. */
  readonly root?: string;
  /** Several hosts that know each other, where neither paths nor a root were given. */
  readonly machines?: readonly Machine[];
  /** Patterns of files that are not read when directories are walked, relative to `cwd`. */
  readonly exclude: readonly string[];
}

/** One file that was given, and what it turned out to be. */
export interface GivenFile {
  /** Absolute. */
  readonly path: string;
  readonly kind: FileKind;
  readonly text: string;
  /** True where the call named it; false where it was met in a directory. */
  readonly named: boolean;
  /** Absolute paths of all files of the `nginx -T` dump that this main file comes from; absent where it comes from none. */
  readonly dump?: readonly string[];
}

/** What is known of a host's nginx before it is read. */
export type NginxInput =
  | {
      readonly kind: 'main';
      readonly path: string;
      /** Further files to read, as if included in `http`, unless the main file includes them. */
      readonly others: readonly string[];
    }
  /** Files without the nginx.conf they belong to. `prefix` is where their relative includes are looked for. */
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly prefix: string };

/** Pool files that one php-fpm.conf would include: those of one `pool.d` together, any other alone, for it may be an alternative. */
export interface PoolFiles {
  readonly paths: readonly string[];
  /** What the path tells of the PHP they are for: `8.2`. */
  readonly phpVersion?: string;
}

/** Files that may declare apps, and how they and what they name are read. */
export interface AppDeclarations {
  readonly root: Root;
  /** Absolute. */
  readonly paths: readonly string[];
}

/** One host to be read: where its files are, and how much of it was given. */
export interface HostInput {
  /** As a person would name it: the directory given, or `this host`. */
  readonly name: string;
  readonly root: Root;
  /** Where it stands among the other hosts of the run; absent where it is alone. */
  readonly place?: NetworkPlace;
  /** Files that tell what the host is, with what each was taken for: the compose files of its project. */
  readonly told?: readonly { readonly file: string; readonly as: string }[];
  /** The compose file of the project that it is a service of, as a user would open it; absent for any other host. */
  readonly project?: string;
  /** What runs in it, where it is a container. */
  readonly container?: RunningContainer;
  /** `live`: the machine no502 runs on. `root`: a directory that plays `/`. `paths`: some files of a host. */
  readonly given: 'live' | 'root' | 'paths';
  readonly nginx?: NginxInput;
  readonly masters: readonly MasterLayout[];
  /** Pools without the php-fpm.conf they belong to. */
  readonly poolFiles: readonly PoolFiles[];
  /** php.ini files without a master. */
  readonly iniFiles: readonly string[];
  /** Files given by path that may declare apps; absent for a host whose own places are looked at. */
  readonly declarations?: AppDeclarations;
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
  /** Why, without the file's name: `Permission denied`. */
  readonly reason: string;
  /** True where the call named this very file. */
  readonly named: boolean;
}

/** A file that was read and is not judged, because no daemon reads it as it is. */
export interface TemplateFile {
  /** The path as a user at the current directory would open it. */
  readonly file: string;
  /** The placeholder by which it was told: `{{ php_socket }}`. */
  readonly placeholder: string;
  /** True where it was read all the same, with values that are not known where its placeholders stand. */
  readonly isRead: boolean;
}

/** Everything a call's arguments stand for. */
export interface Discovery {
  readonly hosts: readonly HostInput[];
  readonly problems: readonly LoadProblem[];
  /** Configurations still to be filled in, given by path; below `--root` a placeholder is text as any other. */
  readonly templates: readonly TemplateFile[];
}
