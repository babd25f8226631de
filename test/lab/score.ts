import type { Finding } from '../../src/engine/finding.ts';
import { linesWritten, type Observation, withoutLevel } from './observation.ts';
import type { Scenario, Verdict } from './scenario.ts';

/** How the linter did on one verdict of a scenario. */
export interface Mark {
  readonly scenario: string;
  /** The rule that the verdict asks for; where several will do, the first. */
  readonly rule: string;
  readonly kind: 'fault' | 'risk';
  /** An error of the rule, or for a risk at least a warning. */
  readonly caught: boolean;
  readonly statusRight: boolean;
  readonly logRight: boolean;
  /** What was predicted instead of what was seen, where something was predicted. */
  readonly instead?: string;
}

/** An error where none is right: on a host that serves, or one that the real log does not bear out. */
export interface FalseError {
  readonly scenario: string;
  readonly rule: string;
  readonly message: string;
}

/** The linter's result on one scenario. */
export interface ScenarioScore {
  readonly marks: readonly Mark[];
  readonly falseErrors: readonly FalseError[];
}

/** What counts of a finding. */
export type Said = Pick<Finding, 'rule' | 'severity' | 'message' | 'predicts'>;

/** Compares what the linter says about a scenario with what the real servers did. */
export function scoreScenario(
  scenario: Scenario,
  observation: Observation,
  findings: readonly Said[],
): ScenarioScore {
  const marks = scenario.verdicts.flatMap(
    (verdict) => mark(scenario.id, verdict, observation, findings) ?? [],
  );
  const errors = findings.filter(({ severity }) => severity === 'error');
  const faulty = marks.some(({ kind }) => kind === 'fault');
  const untrue = faulty
    ? errors.filter((error) => !isProved(error, observation) && isTried(error, observation))
    : errors;
  return {
    marks,
    falseErrors: untrue.map(({ rule, message }) => ({ scenario: scenario.id, rule, message })),
  };
}

function mark(
  scenario: string,
  verdict: Verdict,
  observation: Observation,
  findings: readonly Said[],
): Mark | undefined {
  if (verdict.kind === 'healthy' || verdict.kind === 'unknown') return undefined;
  const { kind, rules } = verdict;
  const fitting = findings.filter(
    ({ rule, severity }) =>
      rules.includes(rule) && (kind === 'risk' ? severity !== 'info' : severity === 'error'),
  );
  const statusRight = fitting.some((finding) => predictsStatus(finding, observation));
  const logRight = fitting.some((finding) => predictsLog(finding, observation));
  const predicted = fitting.map(({ predicts }) => predicts && `${predicts.status} ${predicts.log}`);
  return {
    scenario,
    rule: fitting[0]?.rule ?? rules[0] ?? '',
    kind,
    caught: fitting.length > 0,
    statusRight,
    logRight,
    ...(fitting.length > 0 && !(statusRight && logRight) && { instead: predicted.join(' | ') }),
  };
}

/** True where the predicted status is one that a visitor got, or `null` and nginx stayed down. */
function predictsStatus({ predicts }: Said, observation: Observation): boolean {
  if (predicts?.status === undefined) return false;
  if (predicts.status === null) return !observation.nginx.started;
  return observation.requests.some(({ status }) => status === predicts.status);
}

/** True where a daemon wrote the predicted line to the letter, or none where none was predicted. */
function predictsLog({ predicts }: Said, observation: Observation): boolean {
  if (predicts === undefined) return false;
  if (predicts.log === '')
    return observation.requests.some(({ status, log }) => status === predicts.status && log.length === 0);
  return linesWritten(observation).has(withoutLevel(predicts.log));
}

/** True where the servers did all that a finding predicts: the status and the line. */
export function isBorneOut(finding: Said, observation: Observation): boolean {
  return predictsStatus(finding, observation) && predictsLog(finding, observation);
}

/** An error that the real servers bear out, whoever asked for it. One without a prediction is not. */
function isProved(finding: Said, observation: Observation): boolean {
  return predictsStatus(finding, observation) || predictsLog(finding, observation);
}

/** Where nginx stays down for another reason, nobody can see what a request would have got. */
function isTried({ predicts }: Said, observation: Observation): boolean {
  return observation.nginx.started || predicts?.status === null;
}
