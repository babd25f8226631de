import type { HostFacts } from '../model/host/facts.ts';
import type { RuleLevel } from './severity.ts';

/** All that a run can be told: the facts of the host, and how rules are judged. */
export interface LintOptions extends HostFacts {
  /** Rules whose severity is not their own; `off` leaves a rule out. */
  readonly ruleLevels?: ReadonlyMap<string, RuleLevel>;
}
