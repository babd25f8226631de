import type { LintOptions } from './engine/options.ts';
import type { Rule } from './engine/rule.ts';
import type { FileSystem } from './load/file-system.ts';
import type { Machine } from './load/machine.ts';
import type { HostFacts } from './model/host/facts.ts';

/** One of several hosts, and what the user told about it. */
export interface ToldMachine extends Machine {
  readonly facts: HostFacts;
}

/** What is to be linted, and how. `lint(request: LintRequest): Promise<Report>` answers it. */
export interface LintRequest {
  readonly fs: FileSystem;
  /** The current directory, absolute: paths are relative to it, and the report's are shortened by it. */
  readonly cwd: string;
  /** Files, directories or patterns as the user gave them; empty where the root or the live host is meant. */
  readonly paths: readonly string[];
  /** The directory that plays `/`, as the user gave it. Absent without paths: the host it runs on. */
  readonly root?: string;
  /** Several hosts that are linted together, where neither paths nor a root were given. */
  readonly machines?: readonly ToldMachine[];
  /** Patterns of files that are not read when directories are walked, relative to `cwd`. */
  readonly exclude: readonly string[];
  readonly options: LintOptions;
  readonly rules: readonly Rule[];
}
