import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lintDeployment } from '../../src/lint.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { graphOf } from '../../src/map/build-graph.ts';
import { json } from '../../src/map/json.ts';
import { closedSchema } from '../report/closed-schema.ts';
import { baseHost } from '../rules/base-host.ts';
import { entriesOf } from '../rules/example-tree.ts';
import { runMap } from './mapped.ts';
import { severalHosts } from './several-hosts.ts';

const file = fileURLToPath(new URL('../../src/map/map.schema.json', import.meta.url));
const schema: unknown = JSON.parse(readFileSync(file, 'utf8'));
const validate = new Ajv({ allErrors: true }).compile(Object(closedSchema(schema)));

function faultsIn(text: string): unknown {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

/** Ids that the map names and does not hold, and those that it holds twice. */
function looseEnds(text: string): readonly string[] {
  const { hosts } = JSON.parse(text);
  const ids: string[] = [...text.matchAll(/"id": "(\w+)"/g)].map(([, id]) => id ?? '');
  const named: string[] = [...text.matchAll(/"to": "(\w+)"/g)].map(([, id]) => id ?? '');
  for (const { destinations, listeners } of hosts) {
    for (const { addresses } of destinations)
      for (const address of addresses) named.push(...address.listeners);
    for (const { dialedBy } of listeners) named.push(...dialedBy);
  }
  const loose = named.filter((id) => !ids.includes(id));
  return [...loose, ...ids.filter((id, at) => ids.indexOf(id) !== at)];
}

describe('the JSON of a map follows its published schema', () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', async (_id, rule) => {
    for (const { bad, options = {} } of rule.examples) {
      const fs = memoryFileSystem(entriesOf({ ...baseHost, ...bad }, '/host'));
      const request = { fs, cwd: '/host', root: '/host', paths: [], exclude: [], options, rules };
      const { deployment, report } = await lintDeployment(request);
      const text = json(graphOf(deployment, report.findings));
      expect(faultsIn(text)).toEqual([]);
      expect(looseEnds(text)).toEqual([]);
    }
  });

  test('with several hosts', async () => {
    const { out } = await runMap(severalHosts, ['-f', 'json']);
    expect(faultsIn(out)).toEqual([]);
    expect(looseEnds(out)).toEqual([]);
  });

  test('which refuses what is none', () => {
    expect(faultsIn('{ "version": 2 }')).toHaveLength(3);
  });
});
