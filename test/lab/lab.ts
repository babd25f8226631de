import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleGuest } from './bundle.ts';
import { surprises } from './expect.ts';
import { loadHosts, loadScenarios, planOf } from './load.ts';
import { withoutRaces } from './observation.ts';
import { printObservation, readRecordedText, writeRecorded } from './record.ts';
import { disagreements, scoreTable } from './score-table.ts';
import { scoreAll } from './score-all.ts';
import { inParallel, reasonNotToRun, run } from './run.ts';
import type { Scenario } from './scenario.ts';

/**
 * `npm run lab`: plays the scenarios with the real servers and compares what they do with the recorded truth.
 * `--update` records anew; a word restricts the run to scenarios whose id holds it; `--jobs` says how many at a time.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { update: { type: 'boolean', default: false }, jobs: { type: 'string', default: '2' } },
});

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<number> {
  const reason = reasonNotToRun();
  if (reason !== undefined) {
    say(`the lab cannot run the real servers here: it ${reason}`);
    return 2;
  }
  const lab = resolve('test/lab');
  const hosts = loadHosts(lab);
  const scenarios = loadScenarios(lab).filter(({ id }) => positionals.every((word) => id.includes(word)));
  const guest = await bundleGuest(lab);
  const started = performance.now();

  const play = async (scenario: Scenario): Promise<readonly string[]> => {
    const observation = await run(planOf(scenario, hosts), guest);
    const text = printObservation(observation);
    const problems = [...surprises(scenario, observation)];
    const recorded = readRecordedText(lab, scenario.id);
    const same = recorded !== undefined && withoutRaces(recorded) === withoutRaces(text);
    if (!same && values.update) writeRecorded(lab, scenario.id, text);
    else if (!same) problems.push(`not as recorded, now:\n${text}`);
    return problems;
  };
  const results = await inParallel(scenarios, Number(values.jobs), play);

  let wrong = 0;
  results.forEach((problems, at) => {
    if (problems.length === 0) return;
    wrong++;
    say(`${scenarios[at]?.id}`);
    for (const problem of problems) say(`  ${problem}`);
  });
  const scores = await scoreAll(lab, hosts, scenarios);
  say(`\n${scoreTable(scores)}\n`);
  for (const line of disagreements(scores)) say(line);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${scenarios.length} scenarios played in ${seconds} s, ${wrong} with surprises`);
  return wrong === 0 ? 0 : 1;
}

process.exitCode = await main();
