import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleHosts, exampleProblems } from './examples.ts';
import { readRecorded } from './record.ts';

const lab = resolve(import.meta.dirname);
const hosts = await exampleHosts();

describe('the examples of the rules, without the servers: what they did is read from test/lab/recorded', () => {
  it('are most of those that show an error', () => {
    expect(hosts.filter(({ side }) => side === 'bad').length).toBeGreaterThanOrEqual(100);
    expect(new Set(hosts.map(({ id }) => id)).size).toBe(hosts.length);
  });

  it.each(hosts)('$id is borne out', (host) => {
    const observation = readRecorded(lab, host.id);
    expect(observation, 'never recorded: npm run lab -- --update examples/').toBeDefined();
    expect(observation && exampleProblems(host, observation)).toEqual([]);
  });
});
