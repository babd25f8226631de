import { type Host, planFor } from '../load.ts';
import { withoutRaces } from '../observation.ts';
import { inParallel, run } from '../run.ts';
import { drawMutants, type Mutant } from './mutants.ts';
import { MUTANTS_PER_HOST, type MutantTruth, readTruth, SEED, truthOf, writeTruth } from './truth.ts';

/** Plays all mutants of a host with the real servers and records what they do. */
export async function recordMutants(lab: string, host: Host, guest: string, jobs: number): Promise<number> {
  const mutants = await drawMutants(host, MUTANTS_PER_HOST, SEED);
  writeTruth(lab, host.name, await inParallel(mutants, jobs, (mutant) => playMutant(host, mutant, guest)));
  return mutants.length;
}

/** Plays every nth mutant anew and tells which are not as recorded. */
export async function checkMutants(
  lab: string,
  host: Host,
  guest: string,
  jobs: number,
  share: number,
): Promise<{ readonly played: number; readonly problems: readonly string[] }> {
  const truths = readTruth(lab, host.name);
  const all = await drawMutants(host, MUTANTS_PER_HOST, SEED);
  const mutants = all.filter((_, at) => at % share === 0);
  const problems = await inParallel(mutants, jobs, async (mutant): Promise<readonly string[]> => {
    const recorded = truths.get(mutant.id);
    if (!recorded) return [`${host.name}: ${mutant.what}: never recorded`];
    const seen = JSON.stringify(await playMutant(host, mutant, guest));
    return withoutRaces(seen) === withoutRaces(JSON.stringify(recorded))
      ? []
      : [`${host.name}: not as recorded, now ${seen}`];
  });
  return { played: mutants.length, problems: problems.flat() };
}

async function playMutant(host: Host, mutant: Mutant, guest: string): Promise<MutantTruth> {
  return truthOf(mutant, await run(planFor(mutant.tree, host.story, host.story), guest));
}
