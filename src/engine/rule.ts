import type { Deployment } from '../model/deployment.ts';
import type { HostFacts } from '../model/host/facts.ts';
import type { Finding, Related, Severity } from './finding.ts';
import type { JudgedSuppression } from './suppress.ts';

/**
 * Files by path: `etc/nginx/sites-enabled/shop` to its text. A path with a slash at its end is a directory, and its text
 * says who owns it: `drwxr-x--- 1001 1001`.
 */
export type Tree = Readonly<Record<string, string>>;

/** A host that a rule reports, beside one that it does not. Both are laid over a small healthy host and run as tests. */
export interface Example {
  /** What is told apart, in a few words: `same pool, other version`. */
  readonly name: string;
  readonly bad: Tree;
  readonly good: Tree;
  /** True where both are repositories of their own with a compose file, linted as `no502 .` would, and laid over nothing. */
  readonly isProject?: true;
  /** What the user tells beyond the files, in both cases. */
  readonly options?: HostFacts;
}

/** The documentation of a rule, in Markdown. The headings are always these four. */
export interface RuleDocs {
  /** What it does. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** When it is fine. */
  readonly fine: string;
  /** How to fix. */
  readonly fix: string;
}

/** A part of the deployment that a rule reads. A rule that reads `suppressions` runs after all that do not. */
export type Part = 'nginx' | 'fpm' | 'users' | 'memory' | 'apps' | 'network' | 'suppressions';

/** A finding as a rule reports it: its id, and its severity where it says nothing else, come from the rule. */
export type RuleFinding = Omit<Finding, 'rule' | 'severity' | 'related'> & {
  readonly severity?: Severity;
  readonly related?: readonly Related[];
};

/** What a rule can say. */
export interface RuleContext {
  /** One thing wrong. */
  report(finding: RuleFinding): void;
  /** The rule could not judge: why, and what the user can give so that it can. Goes to `summary.skipped`. */
  skip(reason: string): void;
  /** What is wrong with the comments that leave findings out; empty but for rules that read `suppressions`. */
  readonly suppressions: readonly JudgedSuppression[];
}

/** How often a cause is met, from the number of public threads about it. */
export type Frequency = 'very high' | 'high' | 'medium' | 'low';

/** One check: its documentation, its examples and its code. One file of rules/ each. */
export interface Rule {
  /** Names the defect, and is the name of its file: `stale-php-version-socket`. */
  readonly id: string;
  /** One line without a period. */
  readonly title: string;
  /** The severity of its findings where it gives no other. */
  readonly severity: Severity;
  readonly reads: readonly Part[];
  readonly docs: RuleDocs;
  /** Addresses of the nginx or PHP documentation or source. */
  readonly references: readonly [string, ...string[]];
  /** How often people meet it, by what they ask in public; `medium` where absent. */
  readonly frequency?: Frequency;
  /**
   * The lines by which somebody who meets it finds it: what nginx, php-fpm or the kernel writes, without time, level,
   * process id and client part, and with `<…>` for what differs. Absent where nothing is written.
   */
  readonly logs?: readonly string[];
  readonly examples: readonly Example[];
  check(deployment: Deployment, context: RuleContext): void;
}

/** Checks the shape of a rule where it is written. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
