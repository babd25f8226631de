import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleGuest } from './bundle.ts';
import { surprises } from './expect.ts';
import { checkMutants, recordMutants } from './inject/play.ts';
import { type MutantScore, mutantDisagreements, mutantTable, scoreMutants } from './inject/score.ts';
import { type Host, loadHosts, loadScenarios, planOf } from './load.ts';
import { withoutRaces } from './observation.ts';
import { printObservation, readRecordedText, writeRecorded } from './record.ts';
import { inParallel, reasonNotToRun, run } from './run.ts';
import type { Scenario } from './scenario.ts';
import { scoreAll } from './score-all.ts';
import { disagreements, scoreTable } from './score-table.ts';

/**
 * `npm run lab`: plays the scenarios with the real servers and compares what they do with the recorded truth, then scores
 * the linter. `--update` records anew; words restrict the run to scenarios whose id holds one of them; `--jobs` says how many at
 * a time. `--mutants` plays the fault injector's hosts in their place: every nth with `--share n`, all with `--update`.
 * `--score` plays nothing and only scores the linter against what is recorded: that needs neither root nor the servers.
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
const jobs = Number(values.jobs);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function playScenarios(scenarios: readonly Scenario[], guest: string): Promise<number> {
  const play = async (scenario: Scenario): Promise<readonly string[]> => {
    const observation = await run(planOf(scenario, hosts), guest);
    const text = printObservation(observation);
    const problems = [...surprises(scenario, observation)];
    const recorded = readRecordedText(lab, scenario.id);
    const same = recorded !== undefined && withoutRaces(recorded) === withoutRaces(text);
    if (!same && values.update) writeRecorded(lab, scenario.id, text);
    else if (!same) problems.push(`not as recorded, now:\n${text}`);
    return problems.map((problem) => `${scenario.id}: ${problem}`);
  };
  const problems = (await inParallel(scenarios, jobs, play)).flat();
  problems.forEach(say);
  say(`${scenarios.length} scenarios played, ${problems.length} surprises`);
  return problems.length;
}

async function playMutants(host: Host, guest: string): Promise<number> {
  if (values.update) {
    say(`${host.name}: ${await recordMutants(lab, host, guest, jobs)} mutants recorded`);
    return 0;
  }
  const { played, problems } = await checkMutants(lab, host, guest, jobs, Number(values.share));
  problems.forEach(say);
  say(`${host.name}: ${played} mutants played, ${problems.length} not as recorded`);
  return problems.length;
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
  let problems = 0;
  if (values.mutants) {
    const scores: MutantScore[] = [];
    for (const host of [...hosts.values()].filter(({ name }) => meant(name))) {
      if (guest !== undefined) problems += await playMutants(host, guest);
      scores.push(await scoreMutants(lab, host));
    }
    say(`\n${mutantTable(scores)}\n`);
    mutantDisagreements(scores).forEach(say);
  } else {
    const scenarios = loadScenarios(lab).filter(({ id }) => meant(id));
    if (guest !== undefined) problems += await playScenarios(scenarios, guest);
    const scores = await scoreAll(lab, hosts, scenarios);
    say(`\n${scoreTable(scores)}\n`);
    disagreements(scores).forEach(say);
  }
  say(`${((performance.now() - started) / 1000).toFixed(1)} s`);
  return problems === 0 ? 0 : 1;
}

process.exitCode = await main();
