import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { coverageOf } from './coverage.ts';
import { exampleHosts, exampleProblems } from './examples.ts';
import { drawMutants } from './inject/mutants.ts';
import {
  explained,
  type MutantScore,
  mutantTable,
  mutantTotals,
  scoreMutants,
  unexplained,
} from './inject/score.ts';
import { isOfSeveralHosts, loadHosts, loadScenarios } from './load.ts';
import { loadProjects } from './network/project.ts';
import { readRecorded } from './record.ts';
import { scoreAll } from './score-all.ts';
import { disagreements, scoreTable, totals } from './score-table.ts';
import { withTotals } from './score-totals.ts';

const lab = resolve(import.meta.dirname);
const hosts = loadHosts(lab);
const scenarios = loadScenarios(lab);
const scored = scoreAll(lab, hosts, loadProjects(lab, hosts), scenarios);
const mutantScores = scoreHosts();

/** Rules that the versions of the lab cannot break: PHP 8.2 knows all that came before it. */
const BEYOND_THE_LAB: ReadonlySet<string> = new Set(['directive-newer-than-fpm']);

/** Rules that compose projects and machines of a network break in ways of their own. */
const RULES_OF_SEVERAL_HOSTS = [
  'allowed-clients-excludes-nginx',
  'app-binds-loopback',
  'compose-no-shared-network',
  'fastcgi-pass-not-listened',
  'fpm-loopback-in-container',
  'loopback-upstream-in-container',
  'port-declared-twice',
  'protocol-mismatch-fpm-http',
  'proxy-port-mismatch',
  'published-port-inside-network',
  'script-path-mismatch',
  'shared-socket-uid-mismatch',
  'upstream-host-unknown',
  'upstream-scheme-mismatch',
  'uwsgi-protocol-mismatch',
] as const;

async function exampleTotals(): Promise<{ bad: number; borneOut: number; goodShown: number }> {
  const examples = await exampleHosts();
  const wrong = examples.filter((example) => {
    const observation = readRecorded(lab, example.id);
    return !observation || exampleProblems(example, observation).length > 0;
  });
  const bad = examples.filter(({ side }) => side === 'bad').length;
  const wrongBad = wrong.filter(({ side }) => side === 'bad').length;
  return { bad, borneOut: bad - wrongBad, goodShown: wrong.length - wrongBad };
}

async function scoreHosts(): Promise<readonly MutantScore[]> {
  const scores: MutantScore[] = [];
  for (const host of hosts.values()) scores.push(await scoreMutants(lab, host));
  return scores;
}

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

  it('tries each rule that is an error by two faults and two healthy hosts that look alike', () => {
    const errors = rules.filter(({ severity, id }) => severity === 'error' && !BEYOND_THE_LAB.has(id));
    const thin = errors.filter(({ id }) => {
      const { faults, lookAlikes } = coverageOf(id, scenarios);
      return faults < 2 || lookAlikes < 2;
    });
    expect(thin.map(({ id }) => id)).toEqual([]);
  });

  it('tries each rule about several hosts by three faults and three healthy look-alikes', () => {
    const several = scenarios.filter(isOfSeveralHosts);
    expect(several.length).toBeGreaterThanOrEqual(150);
    const thin = RULES_OF_SEVERAL_HOSTS.filter((id) => {
      const { faults, lookAlikes } = coverageOf(id, scenarios);
      return faults < 3 || lookAlikes < 3;
    });
    expect(thin).toEqual([]);
  });

  it('names rules that exist', () => {
    const known = new Set(rules.map(({ id }) => id));
    const named = scenarios.flatMap(({ tempts }) => tempts);
    expect(named.filter((rule) => !known.has(rule))).toEqual([]);
  });

  it('has every fault of the scenarios caught with its status and its log line, and no false error', async () => {
    const { faults, caught, status, log, falseErrors } = totals(await scored);
    expect({ caught, status, falseErrors }).toEqual({ caught: faults, status: faults, falseErrors: 0 });
    expect(log / faults).toBeGreaterThanOrEqual(0.95);
  });

  it('has at least 97 % of the broken mutants called an error, the rest with a reason, and no false error', async () => {
    const scores = await mutantScores;
    const { mutants, broken, caught, falseErrors } = mutantTotals(scores);
    expect(hosts.size).toBeGreaterThanOrEqual(5);
    expect(mutants).toBeGreaterThanOrEqual(500);
    expect(falseErrors).toBe(0);
    expect(caught / broken).toBeGreaterThanOrEqual(0.97);
    expect(unexplained(scores)).toEqual([]);
  });

  it('scores the linter as score.md and README.md say', async () => {
    const [scores, mutants] = [await scored, await mutantScores];
    const page = [
      '# Score',
      'Written by the tests from the recorded truth: what the linter says of hosts on which the real servers were seen.',
      '## Scenarios',
      scoreTable(scores),
      ...list(disagreements(scores)),
      '## Mutants',
      mutantTable(mutants),
      'What the linter does not call an error although it fails, by cause:',
      ...list(explained(mutants)),
    ];
    await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot('score.md');
    const readme = resolve(lab, '../../README.md');
    const withScore = withTotals(
      readFileSync(readme, 'utf8'),
      scenarios.length,
      totals(scores),
      mutantTotals(mutants),
      await exampleTotals(),
    );
    await expect(withScore).toMatchFileSnapshot(readme);
  });
});

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [lines.map(item).join('\n')];
}

/** A line that is indented belongs below the one before it. */
function item(line: string): string {
  const text = line.replaceAll('\n', ' ');
  return text.startsWith('  - ') ? text : `- ${text}`;
}
