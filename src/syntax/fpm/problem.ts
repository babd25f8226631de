import type { Problem } from '../problem.ts';
import type { Span } from '../source.ts';

/** What is wrong with a master's configuration: one kind for each defect that has a fix of its own. */
export type FpmProblemKind =
  // While the files are read.
  | 'syntax'
  | 'hash-comment'
  | 'null-value'
  | 'unknown-entry'
  | 'unknown-directive'
  | 'pool-entry-in-global'
  | 'global-entry-in-pool'
  | 'global-entry-after-include'
  | 'php-setting-as-entry'
  | 'entry-newer-than-php'
  | 'array-without-key'
  | 'array-in-global'
  | 'suppress-path'
  | 'empty-env'
  | 'value'
  | 'include-unmatched'
  | 'include-glob'
  | 'include-unreadable'
  | 'include-depth'
  | 'two-includes'
  // Once they are read.
  | 'log-limit'
  | 'process-max'
  | 'priority'
  | 'events-mechanism'
  | 'no-pool'
  | 'user-missing'
  | 'listen-missing'
  | 'pm-missing'
  | 'max-children'
  | 'pm-inconsistent'
  | 'idle-timeout'
  | 'start-servers-default'
  | 'backlog-raised'
  | 'status-path'
  | 'ping-path'
  | 'ping-response'
  | 'slowlog'
  | 'slowlog-timeout'
  | 'chroot'
  | 'listen-conflict'
  | 'access-format'
  | 'listen-unix-prefix'
  | 'listen-address'
  | 'rlimit-files';

/** A problem of a master, in the order php-fpm would meet them: it stops at the first that is fatal. */
export interface FpmProblem extends Problem<FpmProblemKind> {
  /** The pool it concerns; absent for `[global]` and for what stands outside of any pool. */
  readonly pool?: string;
  /** The name of the entry it is about, as it is written. */
  readonly name?: string;
  /** Where the second party stands: the other pool's `listen`, the value that contradicts. */
  readonly related?: readonly Span[];
  /** False where `php-fpm -t` does not see it and only the start fails. */
  readonly seenByTest: boolean;
}
