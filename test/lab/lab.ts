import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleGuest } from './bundle.ts';
import { exampleHosts, exampleProblems } from './examples.ts';
import { surprises } from './expect.ts';
import { checkMutants, recordMutants } from './inject/play.ts';
import {
  explained,
  type MutantScore,
  mutantTable,
  mutantTotals,
  scoreMutants,
  unexplained,
} from './inject/score.ts';
import { type Host, isOfSeveralHosts, loadHosts, loadScenarios, planOf } from './load.ts';
import { asOne, type NetworkObservation } from './network/observation.ts';
import { loadProjects, networkPlanOf } from './network/project.ts';
import { type Observation, withoutRaces } from './observation.ts';
import { printObservation, readRecorded, readRecordedText, writeRecorded } from './record.ts';
import { inParallel, reasonNotToRun, run, runNetwork } from './run.ts';
import type { Scenario } from './scenario.ts';
import { scoreAll } from './score-all.ts';
import { disagreements, scoreTable } from './score-table.ts';

/**
 * `npm run lab`: plays the scenarios with the real servers and compares what they do with the recorded truth, then scores
 * the linter. `--update` records anew; words restrict the run to scenarios whose id holds one of them; `--jobs` says how many at
 * a time. `--mutants` plays the fault injector's hosts in their place: every nth with `--share n`, all with `--update`.
 * `--score` plays nothing and only scores the linter against what is recorded: that needs neither root nor the servers.
 * The last line counts scenarios or mutants: `481 passed, 0 failed`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    update: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    mutants: { type: 'boolean', default: false },
    share: { type: 'string', default: '8' },
    score: { type: 'boolean', default: false },
  },
});

const lab = resolve('test/lab');
const hosts = loadHosts(lab);
const projects = loadProjects(lab, hosts);
const jobs = Number(values.jobs);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What was played or scored, and how much of it was not as it should be. */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** A host to play, and what is wrong with what the servers do on it. */
interface Playable {
  readonly id: string;
  play(guest: string): Promise<Observation | NetworkObservation>;
  problems(observation: Observation): readonly string[];
}

/** Plays hosts with the real servers and compares with the records; the ids of those that surprise. */
async function play(playables: readonly Playable[], kind: string, guest: string): Promise<readonly string[]> {
  const one = async ({ id, play: playOne, problems: problemsIn }: Playable): Promise<readonly string[]> => {
    const observation = await playOne(guest).catch((cause: unknown) => {
      throw new Error(`${id} cannot be played`, { cause });
    });
    const text = printObservation(observation);
    const problems = [...problemsIn('hosts' in observation ? asOne(observation) : observation)];
    const recorded = readRecordedText(lab, id);
    const same = recorded !== undefined && withoutRaces(recorded) === withoutRaces(text);
    if (!same && values.update) writeRecorded(lab, id, text);
    else if (!same) problems.push(`not as recorded, now:\n${text}`);
    for (const problem of problems) say(`${id}: ${problem}`);
    return problems.length === 0 ? [] : [id];
  };
  const surprising = (await inParallel(playables, jobs, one)).flat();
  say(`${playables.length} ${kind} played, ${surprising.length} with surprises`);
  return surprising;
}

function playableScenario(scenario: Scenario): Playable {
  return {
    id: scenario.id,
    play: async (guest) =>
      isOfSeveralHosts(scenario)
        ? runNetwork(networkPlanOf(lab, scenario, projects), guest)
        : run(planOf(scenario, hosts), guest),
    problems: (observation) => surprises(scenario, observation),
  };
}

/** The examples of the rules, one of the two sides each. */
async function examples(meant: (name: string) => boolean, guest: string | undefined): Promise<Count> {
  const all = (await exampleHosts()).filter(({ id }) => meant(id));
  const playables = all.map((example): Playable => {
    const { id, plan } = example;
    return {
      id,
      play: (meantGuest) => run(plan, meantGuest),
      problems: (observation) => exampleProblems(example, observation),
    };
  });
  if (guest !== undefined) {
    const failed = await play(playables, 'sides of examples', guest);
    return { passed: all.length - failed.length, failed: failed.length };
  }
  const failed = all.flatMap((example) => {
    const observation = readRecorded(lab, example.id);
    const problems = observation ? exampleProblems(example, observation) : ['never recorded'];
    return problems.map((problem) => `${example.id}: ${problem}`);
  });
  failed.forEach(say);
  return { passed: all.length - failed.length, failed: failed.length };
}

async function scenarios(meant: (name: string) => boolean, guest: string | undefined): Promise<Count> {
  const all = loadScenarios(lab).filter(({ id }) => meant(id));
  const failed = new Set(
    guest === undefined ? [] : await play(all.map(playableScenario), 'scenarios', guest),
  );
  const scores = await scoreAll(lab, hosts, projects, all);
  say(`\n${scoreTable(scores)}\n`);
  for (const [index, score] of scores.entries()) {
    const said = disagreements([score]);
    said.forEach(say);
    if (said.length > 0) failed.add(all[index]?.id ?? '');
  }
  const ofExamples = await examples(meant, guest);
  return {
    passed: all.length - failed.size + ofExamples.passed,
    failed: failed.size + ofExamples.failed,
  };
}

async function playMutants(host: Host, guest: string): Promise<Count> {
  if (values.update) {
    const recorded = await recordMutants(lab, host, guest, jobs);
    say(`${host.name}: ${recorded} mutants recorded`);
    return { passed: recorded, failed: 0 };
  }
  const { played, problems } = await checkMutants(lab, host, guest, jobs, Number(values.share));
  problems.forEach(say);
  say(`${host.name}: ${played} mutants played, ${problems.length} not as recorded`);
  return { passed: played - problems.length, failed: problems.length };
}

/** Where only some are played, all are scored: what the linter says wrongly of one that was not played fails as well. */
async function mutants(meant: (name: string) => boolean, guest: string | undefined): Promise<Count> {
  const scores: MutantScore[] = [];
  const counts: Count[] = [];
  for (const host of [...hosts.values()].filter(({ name }) => meant(name))) {
    if (guest !== undefined) counts.push(await playMutants(host, guest));
    scores.push(await scoreMutants(lab, host));
  }
  say(`\n${mutantTable(scores)}\n`);
  const wrong = unexplained(scores);
  [...wrong, ...explained(scores)].forEach(say);
  const scored = mutantTotals(scores).mutants - wrong.length;
  const passed = guest === undefined ? scored : counts.reduce((sum, count) => sum + count.passed, 0);
  return { passed, failed: wrong.length + counts.reduce((sum, count) => sum + count.failed, 0) };
}

async function main(): Promise<number> {
  const reason = values.score ? undefined : reasonNotToRun();
  if (reason !== undefined) {
    say(`the lab cannot run the real servers here: it ${reason}; --score scores against what is recorded`);
    return 2;
  }
  const started = performance.now();
  const guest = values.score ? undefined : await bundleGuest(lab);
  const meant = (name: string): boolean =>
    positionals.length === 0 || positionals.some((word) => name.includes(word));
  const { passed, failed } = await (values.mutants ? mutants : scenarios)(meant, guest);
  say(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
