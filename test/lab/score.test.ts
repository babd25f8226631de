import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawMutants } from './inject/mutants.ts';
import { mutantDisagreements, mutantTable, scoreMutants } from './inject/score.ts';
import { loadHosts, loadScenarios } from './load.ts';
import { readRecorded } from './record.ts';
import { scoreAll } from './score-all.ts';
import { disagreements, scoreTable } from './score-table.ts';

const lab = resolve(import.meta.dirname);
const hosts = loadHosts(lab);
const scenarios = loadScenarios(lab);

describe('the lab, without the servers: what they did is read from test/lab/recorded', () => {
  it('has a record of every scenario', () => {
    expect(scenarios.filter(({ id }) => readRecorded(lab, id) === undefined).map(({ id }) => id)).toEqual([]);
  });

  it('is as large as was promised', () => {
    const healthy = scenarios.filter(({ verdicts }) => verdicts.some(({ kind }) => kind === 'healthy'));
    expect(scenarios.length).toBeGreaterThanOrEqual(150);
    expect(healthy.length).toBeGreaterThanOrEqual(60);
  });

  it('draws the same mutants again', async () => {
    const host = hosts.get('tcp');
    if (!host) throw new Error('there is no host tcp');
    const first = await drawMutants(host, 30, 7);
    expect(await drawMutants(host, 30, 7)).toEqual(first);
    expect(new Set(first.map(({ id }) => id)).size).toBe(30);
    expect((await drawMutants(host, 30, 8)).map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
  });

  it('scores the linter as score.md says', async () => {
    const scores = await scoreAll(lab, hosts, scenarios);
    const mutants = [];
    for (const host of hosts.values()) mutants.push(await scoreMutants(lab, host));
    const page = [
      '# Score',
      'Written by the tests from the recorded truth: what the linter says of hosts on which the real servers were seen.',
      '## Scenarios',
      scoreTable(scores),
      ...list(disagreements(scores)),
      '## Mutants',
      mutantTable(mutants),
      ...list(mutantDisagreements(mutants)),
    ];
    await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot('score.md');
  });
});

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n')];
}
