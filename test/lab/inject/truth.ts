import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Observation } from '../observation.ts';
import type { Mutant } from './mutants.ts';

/** What the real servers did on one mutant, on one line of a file. */
export interface MutantTruth {
  readonly id: string;
  readonly operator: string;
  readonly what: string;
  readonly nginx: boolean;
  /** Masters that did not start. */
  readonly down: readonly string[];
  readonly status: readonly (number | null)[];
  /** All lines of the daemons once, as they wrote them. */
  readonly log: readonly string[];
}

/** Every draw of the lab is made with this seed and size, unless a call says otherwise. */
export const SEED = 502;
/** Mutants of each host. */
export const MUTANTS_PER_HOST = 120;

/** The compact truth of an observation. */
export function truthOf(mutant: Mutant, observation: Observation): MutantTruth {
  const masters = Object.entries(observation.fpm);
  const lines = [
    ...observation.nginx.log,
    ...masters.flatMap(([, { log }]) => log),
    ...observation.requests.flatMap(({ log }) => log),
  ];
  return {
    id: mutant.id,
    operator: mutant.operator,
    what: mutant.what,
    nginx: observation.nginx.started,
    down: masters.filter(([, { started }]) => !started).map(([name]) => name),
    status: observation.requests.map(({ status }) => status),
    log: [...new Set(lines)].sort(),
  };
}

/**
 * True where the mutant breaks something that files decide: a daemon that stays down, or an answer of 500 and above.
 * No answer at all from an nginx that runs only says that it listens elsewhere now.
 */
export function isBroken({ nginx, down, status }: MutantTruth): boolean {
  return !nginx || down.length > 0 || status.some((code) => code !== null && code >= 500);
}

/** The recorded truth of a host's mutants, by id. */
export function readTruth(lab: string, host: string): ReadonlyMap<string, MutantTruth> {
  const path = pathOf(lab, host);
  if (!existsSync(path)) return new Map();
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const truth: MutantTruth = JSON.parse(line);
      return [truth.id, truth] as const;
    }),
  );
}

/** Writes the truth of a host's mutants, one a line. */
export function writeTruth(lab: string, host: string, truths: readonly MutantTruth[]): void {
  mkdirSync(dirname(pathOf(lab, host)), { recursive: true });
  writeFileSync(pathOf(lab, host), truths.map((truth) => `${JSON.stringify(truth)}\n`).join(''));
}

function pathOf(lab: string, host: string): string {
  return join(lab, 'recorded/mutants', `${host}.jsonl`);
}
