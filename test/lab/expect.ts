import { failed, type Observation } from './observation.ts';
import type { Scenario } from './scenario.ts';

/** Where the real servers did not do what the author of a scenario expects: one sentence each. */
export function surprises(scenario: Scenario, observation: Observation): readonly string[] {
  const found: string[] = [];
  scenario.requests.forEach(({ plan, status, saying }, at) => {
    const seen = observation.requests[at];
    const name = `${plan.method} ${plan.url}`;
    if (seen?.status !== status)
      found.push(`${name}: expected ${status ?? 'none'}, seen ${seen?.status ?? 'none'}`);
    if (saying !== undefined && !(seen?.body ?? '').includes(saying)) {
      found.push(`${name}: expected an answer with "${saying}", seen "${seen?.body ?? ''}"`);
    }
  });
  const fails = failed(observation);
  // Some faults show in a neighbour of 50x: a 403 for every script, a 404 for a path that PHP cannot see.
  const refused = observation.requests.some(({ status }) => status !== null && status >= 400);
  for (const verdict of scenario.verdicts) {
    if (verdict.kind === 'healthy' && fails) found.push('called healthy, but something failed');
    if (verdict.kind === 'fault' && !fails && !refused)
      found.push(`called a fault (${verdict.rules.join(' or ')}), but nothing failed`);
  }
  return found;
}
