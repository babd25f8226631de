import type { Scenario } from './scenario.ts';

/** How often the scenarios try one rule. */
export interface Coverage {
  /** Hosts that fail and of which the rule says so. */
  readonly faults: number;
  /** Hosts that look as if they broke the rule, and on which nothing fails. */
  readonly lookAlikes: number;
}

/** Counts the scenarios by rule. */
export function coverageOf(rule: string, scenarios: readonly Scenario[]): Coverage {
  const isFault = ({ verdicts }: Scenario): boolean =>
    verdicts.some((verdict) => verdict.kind === 'fault' && verdict.rules.includes(rule));
  return {
    faults: scenarios.filter(isFault).length,
    lookAlikes: scenarios.filter(({ tempts }) => tempts.includes(rule)).length,
  };
}
