import { judge } from '../judge.ts';
import { type Host, inputOf } from '../load.ts';
import { drawMutants } from './mutants.ts';
import { isBroken, MUTANTS_PER_HOST, readTruth, SEED } from './truth.ts';

/** Where the linter and the real servers differ on a mutant. */
export interface Disagreement {
  readonly host: string;
  readonly kind: 'false error' | 'missed';
  readonly operator: string;
  readonly what: string;
  /** What the linter says wrongly, or what the servers say and the linter does not. */
  readonly detail: string;
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
        });
    } else if (first) {
      const detail = errors.map(({ rule, message }) => `${rule}: ${message}`).join(' | ');
      disagreements.push({ host: host.name, kind: 'false error', operator, what, detail });
    }
  }
  return { host: host.name, mutants: mutants.length, broken, caught, disagreements };
}

/** The scores of all hosts as a Markdown table. */
export function mutantTable(scores: readonly MutantScore[]): string {
  const rows = scores.map(({ host, mutants, broken, caught, disagreements }) => {
    const wrong = disagreements.filter(({ kind }) => kind === 'false error').length;
    return `| ${host} | ${mutants} | ${broken} | ${caught} | ${wrong} |`;
  });
  return [
    '| host | mutants | broken | called an error | false errors |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}

/** What differs on mutants, one line each: the change, and what was said of it. */
export function mutantDisagreements(scores: readonly MutantScore[]): readonly string[] {
  return scores
    .flatMap((score) => score.disagreements)
    .map(({ host, kind, operator, what, detail }) => `${kind}: ${host}: ${operator}: ${what}: ${detail}`);
}
