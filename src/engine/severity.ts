import type { Finding, Severity } from './finding.ts';

/** All severities, the worst first. */
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** What a rule may be set to: a severity of its own, or not run at all. */
export const ruleLevels = ['off', 'info', 'warning', 'error'] as const;

/** A severity, or `off`. */
export type RuleLevel = (typeof ruleLevels)[number];

/** From which severity on a run fails. */
export const failLevels = ['error', 'warning', 'info', 'never'] as const;

/** A severity, or `never`. */
export type FailOn = (typeof failLevels)[number];

const weight = { error: 3, warning: 2, info: 1 } as const satisfies Record<Severity, number>;

/** True where `severity` is as bad as `threshold`, or worse. */
export function reaches(severity: Severity, threshold: FailOn): boolean {
  return threshold !== 'never' && weight[severity] >= weight[threshold];
}

/** True where one of the findings is at or above the threshold, so that the run fails. */
export function fails(findings: readonly Finding[], threshold: FailOn): boolean {
  return findings.some((finding) => reaches(finding.severity, threshold));
}
