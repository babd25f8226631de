/** What a path of a lab host is, before it exists on a disk. Owners are `uid:gid`, once a story's names are resolved. */
export type TreeEntry =
  | { readonly kind: 'file'; readonly text: string; readonly mode: number; readonly owner: string }
  | { readonly kind: 'directory'; readonly mode: number; readonly owner: string }
  | { readonly kind: 'symlink'; readonly target: string };

/** A whole host: absolute path to what stands there. Parents come before what they hold. */
export type Tree = ReadonlyMap<string, TreeEntry>;

/** The protocol that a program of the lab answers in. `closing` accepts and hangs up; `silent` accepts and never answers. */
export type AppProtocol = 'http' | 'https' | 'fastcgi' | 'uwsgi' | 'h2c' | 'closing' | 'silent';

/** A program beside nginx and php-fpm. */
export interface App {
  readonly name: string;
  readonly protocol: AppProtocol;
  /** `127.0.0.1:3000`, `[::1]:3000`, `*:3000` or `unix:/run/app.sock`. */
  readonly address: string;
  /** Whether it runs in the lab. */
  readonly runs: boolean;
  /** Whether the linter is told of it, as `--app name=port` does. */
  readonly declared: boolean;
  /** Program text for Node, run inside the host, in place of the lab's own small server. */
  readonly program?: string;
}

/** One php-fpm process tree to start. */
export interface Master {
  /** How the records name it: `8.2`, or the path of its file where no version is known. */
  readonly name: string;
  /** Its `php-fpm.conf`, as the service gives it to `-y`. */
  readonly file: string;
}

/** One request of a visitor, sent to the loopback address. */
export interface RequestPlan {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Requests with the same number are sent at the same time. */
  readonly wave: number;
}

/** Everything the guest needs to play one host: plain data, sent to it as JSON. */
export interface Plan {
  readonly entries: readonly (readonly [path: string, entry: TreeEntry])[];
  readonly apps: readonly App[];
  readonly masters: readonly Master[];
  /** Addresses besides loopback that the host owns, such as `10.0.0.5`. */
  readonly addresses: readonly string[];
  /** What boot makes: directories of root's, or symlinks to a target. */
  readonly boot: readonly (readonly [path: string, target?: string])[];
  readonly requests: readonly RequestPlan[];
}
