import { judge } from './judge.ts';
import { type Host, isOfSeveralHosts, lintInputOf } from './load.ts';
import { judgeRepository } from './network/judge.ts';
import { type Project, repositoryOf } from './network/project.ts';
import { readRecorded } from './record.ts';
import type { Scenario } from './scenario.ts';
import { type Said, type ScenarioScore, scoreScenario } from './score.ts';

/** Lints every scenario and scores it against the recorded truth. Scenarios without a record throw: record them first. */
export async function scoreAll(
  lab: string,
  hosts: ReadonlyMap<string, Host>,
  projects: ReadonlyMap<string, Project>,
  scenarios: readonly Scenario[],
): Promise<readonly ScenarioScore[]> {
  const judgeOne = (scenario: Scenario): Promise<readonly Said[]> =>
    isOfSeveralHosts(scenario)
      ? judgeRepository(repositoryOf(scenario, projects))
      : judge(lintInputOf(scenario, hosts));
  const scores: ScenarioScore[] = [];
  for (const scenario of scenarios) {
    const observation = readRecorded(lab, scenario.id);
    if (!observation) throw new Error(`${scenario.id} was never recorded: npm run lab -- --update`);
    scores.push(scoreScenario(scenario, observation, await judgeOne(scenario)));
  }
  return scores;
}
