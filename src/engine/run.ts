import type { Deployment } from '../model/deployment.ts';
import type { Finding } from './finding.ts';
import { InternalError } from './internal-error.ts';
import { mergeRepeated, sortFindings } from './order.ts';
import type { Rule, RuleContext } from './rule.ts';
import type { RuleLevel } from './severity.ts';
import type { Skipped } from './summary.ts';

/** What the rules found, and which of them could not judge. */
export interface RuleResults {
  /** Sorted, none twice. */
  readonly findings: readonly Finding[];
  /** In the order of the rules. */
  readonly skipped: readonly Skipped[];
}

/**
 * Runs the rules over a deployment. A rule set to `off` is left out; one set to a severity reports all of its
 * findings at that severity.
 *
 * @throws InternalError where a rule throws: that is a fault of the rule and never of the user's files.
 */
export function runRules(
  deployment: Deployment,
  rules: readonly Rule[],
  levels: ReadonlyMap<string, RuleLevel> = new Map(),
): RuleResults {
  const findings: Finding[] = [];
  const skipped: Skipped[] = [];
  for (const rule of rules) {
    const level = levels.get(rule.id);
    if (level === 'off') continue;
    const reasons = new Set<string>();
    const context: RuleContext = {
      report({ severity, related, ...said }) {
        findings.push({
          ...said,
          rule: rule.id,
          severity: level ?? severity ?? rule.severity,
          related: related ?? [],
        });
      },
      skip(reason) {
        reasons.add(reason);
      },
    };
    try {
      rule.check(deployment, context);
    } catch (cause) {
      throw new InternalError(`the rule ${rule.id} failed`, { cause });
    }
    for (const reason of reasons) skipped.push({ rule: rule.id, reason });
  }
  return { findings: sortFindings(mergeRepeated(findings)), skipped };
}
