import type { Finding } from '../../../src/engine/finding.ts';
import { judge } from '../judge.ts';
import { type Host, inputOf } from '../load.ts';
import { withoutLevel } from '../observation.ts';
import { drawMutants } from './mutants.ts';
import { REASONS, reasonOf } from './reasons.ts';
import { isBroken, MUTANTS_PER_HOST, type MutantTruth, readTruth, SEED } from './truth.ts';

/** Where the linter and the real servers differ on a mutant. */
export interface Disagreement {
  readonly host: string;
  readonly kind: 'false error' | 'missed';
  readonly operator: string;
  readonly what: string;
  /** What the linter says wrongly, or what the servers say and the linter does not. */
  readonly detail: string;
  /** The rules that warn of a line which the servers wrote: short of an error, since they name a condition. */
  readonly warnings: readonly string[];
}

/** How the linter did on the mutants of one host. */
export interface MutantScore {
  readonly host: string;
  readonly mutants: number;
  readonly broken: number;
  readonly caught: number;
  readonly disagreements: readonly Disagreement[];
}

/** Lints every recorded mutant of a host and compares. Needs neither root nor the servers. */
export async function scoreMutants(lab: string, host: Host): Promise<MutantScore> {
  const truths = readTruth(lab, host.name);
  const mutants = await drawMutants(host, MUTANTS_PER_HOST, SEED);
  const disagreements: Disagreement[] = [];
  let broken = 0;
  let caught = 0;
  for (const { id, tree, operator, what } of mutants) {
    const truth = truths.get(id);
    if (!truth)
      throw new Error(
        `a mutant of ${host.name} was never recorded (${what}): npm run lab -- --mutants --update`,
      );
    const findings = await judge(inputOf(tree, host.story, host.story));
    const errors = findings.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (isBroken(truth)) {
      broken++;
      if (first) caught++;
      else
        disagreements.push({
          host: host.name,
          kind: 'missed',
          operator,
          what,
          detail: truth.log.join(' | '),
          warnings: warningsOf(findings, truth),
        });
    } else if (first) {
      const detail = errors.map(({ rule, message }) => `${rule}: ${message}`).join(' | ');
      disagreements.push({ host: host.name, kind: 'false error', operator, what, detail, warnings: [] });
    }
  }
  return { host: host.name, mutants: mutants.length, broken, caught, disagreements };
}

function warningsOf(findings: readonly Finding[], { log }: MutantTruth): readonly string[] {
  const written = new Set(log.map(withoutLevel));
  const warned = findings.filter(
    ({ severity, predicts }) => severity === 'warning' && predicts && written.has(withoutLevel(predicts.log)),
  );
  return [...new Set(warned.map(({ rule }) => rule))];
}

/** The scores of all hosts as a Markdown table. */
export function mutantTable(scores: readonly MutantScore[]): string {
  const rows = scores.map((score) => row(score.host, [score]));
  return [
    '| host | mutants | broken | called an error | false errors |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
    row('**all**', scores),
  ].join('\n');
}

function row(name: string, scores: readonly MutantScore[]): string {
  const { mutants, broken, caught, falseErrors } = mutantTotals(scores);
  return `| ${name} | ${mutants} | ${broken} | ${caught} | ${falseErrors} |`;
}

/** The sums over hosts. */
export function mutantTotals(scores: readonly MutantScore[]): {
  readonly mutants: number;
  readonly broken: number;
  readonly caught: number;
  readonly falseErrors: number;
} {
  const sum = (count: (score: MutantScore) => number): number =>
    scores.reduce((total, score) => total + count(score), 0);
  return {
    mutants: sum(({ mutants }) => mutants),
    broken: sum(({ broken }) => broken),
    caught: sum(({ caught }) => caught),
    falseErrors: sum(
      ({ disagreements }) => disagreements.filter(({ kind }) => kind === 'false error').length,
    ),
  };
}

/** What differs on mutants and has no reason to, one line each: defects of the linter. */
export function unexplained(scores: readonly MutantScore[]): readonly string[] {
  return scores
    .flatMap(({ disagreements }) => disagreements)
    .filter((disagreement) => !reasonOf(disagreement))
    .map((disagreement) => `${disagreement.kind}: ${describe(disagreement)}`);
}

/** What stays missed, by cause: each reason with its mutants. */
export function explained(scores: readonly MutantScore[]): readonly string[] {
  const all = scores.flatMap(({ disagreements }) => disagreements);
  return REASONS.flatMap((reason) => {
    const mutants = all.filter((disagreement) => reasonOf(disagreement) === reason);
    return mutants.length === 0 ? [] : [reason.why, ...mutants.map((mutant) => `  - ${describe(mutant)}`)];
  });
}

function describe({ host, operator, what, detail, warnings }: Disagreement): string {
  const warned = warnings.length === 0 ? '' : ` (${warnings.join(', ')} warns)`;
  return `${host}: ${operator}: ${what}: ${detail}${warned}`;
}
