import type { Deployment } from '../model/deployment.ts';
import type { Finding, Fix } from './finding.ts';
import { InternalError } from './internal-error.ts';
import { mergeRepeated, sortFindings } from './order.ts';
import type { Rule, RuleContext } from './rule.ts';
import type { RuleLevel } from './severity.ts';
import type { Skipped } from './summary.ts';
import { type JudgedSuppression, suppressorOf } from './suppress.ts';
import { isUnsaid, severityIn } from './templates.ts';

/** What the rules found, and which of them could not judge. */
export interface RuleResults {
  /** Sorted, none twice, without those that a comment leaves out. */
  readonly findings: readonly Finding[];
  /** In the order of the rules. */
  readonly skipped: readonly Skipped[];
  /** How many findings comments leave out. */
  readonly suppressed: number;
}

/**
 * Runs the rules over a deployment. A rule set to `off` is left out; one set to a severity reports all of its
 * findings at that severity. Rules about suppressions run last: only then is it known which of these were needed.
 *
 * @throws InternalError where a rule throws: that is a fault of the rule and never of the user's files.
 */
export function runRules(
  deployment: Deployment,
  rules: readonly Rule[],
  levels: ReadonlyMap<string, RuleLevel> = new Map(),
): RuleResults {
  const ran = rules.filter(({ id }) => levels.get(id) !== 'off');
  const first = runEach(
    deployment,
    ran.filter((rule) => !isAboutSuppressions(rule)),
    levels,
    [],
  );
  if (deployment.hosts.every(({ suppressions }) => suppressions.length === 0)) {
    return { ...first, suppressed: 0 };
  }
  const { skipped } = first;
  const suppressor = suppressorOf(deployment, { ruleIds: new Set(rules.map(({ id }) => id)), ran, skipped });
  const kept = suppressor.keep(first.findings);
  const last = runEach(deployment, ran.filter(isAboutSuppressions), levels, suppressor.judged());
  const findings = sortFindings([...kept, ...suppressor.keep(last.findings)]);
  return { findings, skipped, suppressed: first.findings.length + last.findings.length - findings.length };
}

function isAboutSuppressions({ reads }: Rule): boolean {
  return reads.includes('suppressions');
}

function runEach(
  deployment: Deployment,
  rules: readonly Rule[],
  levels: ReadonlyMap<string, RuleLevel>,
  suppressions: readonly JudgedSuppression[],
): Omit<RuleResults, 'suppressed'> {
  const findings: Finding[] = [];
  const skipped: Skipped[] = [];
  for (const rule of rules) {
    const level = levels.get(rule.id);
    const reasons = new Set<string>();
    const context: RuleContext = {
      report({ severity, related, fix, ...said }) {
        if (isUnsaid([said.at, ...(related ?? []).map(({ span }) => span)])) return;
        findings.push({
          ...said,
          ...(fix && canBeMade(fix) && { fix }),
          rule: rule.id,
          severity:
            level === undefined || level === 'off' ? severityIn(said.at, severity ?? rule.severity) : level,
          related: related ?? [],
        });
      },
      skip(reason) {
        reasons.add(reason);
      },
      suppressions,
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

/** Only what a file holds to the letter can be edited there. */
function canBeMade({ edits }: Fix): boolean {
  return edits.every(({ span: { source } }) => !source.isDerived && source.asRead === undefined);
}
