import { describe, expect, test } from 'vitest';
import { judge } from '../lab/judge.ts';
import { lintInputOf } from '../lab/load.ts';
import { hosts, staleScenarios, upgradeScenario } from './lab.ts';

describe('a host of the lab that asks for an old PHP, after no502 upgrade --fix', () => {
  test('is one of several', () => {
    expect(staleScenarios.length).toBeGreaterThanOrEqual(7);
  });

  test.each(staleScenarios)('%s has no error any more', async (_id, scenario) => {
    const { code, stdout, tree } = await upgradeScenario(scenario);
    expect(stdout).toContain('any more');
    expect(code).toBe(0);
    const findings = await judge({ ...lintInputOf(scenario, hosts), tree });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
