import { judge } from './judge.ts';
import { type Host, lintInputOf } from './load.ts';
import { readRecorded } from './record.ts';
import type { Scenario } from './scenario.ts';
import { type ScenarioScore, scoreScenario } from './score.ts';

/** Lints every scenario and scores it against the recorded truth. Scenarios without a record throw: record them first. */
export async function scoreAll(
  lab: string,
  hosts: ReadonlyMap<string, Host>,
  scenarios: readonly Scenario[],
): Promise<readonly ScenarioScore[]> {
  const scores: ScenarioScore[] = [];
  for (const scenario of scenarios) {
    const observation = readRecorded(lab, scenario.id);
    if (!observation) throw new Error(`${scenario.id} was never recorded: npm run lab -- --update`);
    scores.push(scoreScenario(scenario, observation, await judge(lintInputOf(scenario, hosts))));
  }
  return scores;
}
