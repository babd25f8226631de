import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { narrowTo } from '../../src/engine/change.ts';
import { lint } from '../../src/lint.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { json } from '../../src/report/json.ts';
import { baseHost } from '../rules/base-host.ts';
import { entriesOf } from '../rules/example-tree.ts';
import { closedSchema } from './closed-schema.ts';
import { plain, report } from './samples.ts';

const schemaFile = fileURLToPath(new URL('../../src/report/report.schema.json', import.meta.url));
const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));

function validator(of: object) {
  const ajv = new Ajv({ allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(of);
  return (text: string): unknown => {
    validate(JSON.parse(text));
    return validate.errors ?? [];
  };
}

const faultsIn = validator(Object(closedSchema(schema)));

describe('the JSON report follows its published schema', () => {
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', async (_id, rule) => {
    for (const { bad, options = {} } of rule.examples) {
      const fs = memoryFileSystem(entriesOf({ ...baseHost, ...bad }, '/host'));
      const found = await lint({ fs, cwd: '/host', root: '/host', paths: [], exclude: [], options, rules });
      expect(faultsIn(json(found, plain))).toEqual([]);
    }
  });

  test('with a baseline, with templates, and narrowed to a change', () => {
    expect(
      faultsIn(
        json(
          narrowTo(report, () => false),
          plain,
        ),
      ),
    ).toEqual([]);
    const { summary } = report;
    const gone = [
      { rule: 'a-b', severity: 'error' as const, file: 'x', message: 'y', fingerprint: '0'.repeat(32) },
    ];
    const more = { ...report, summary: { ...summary, templates: 1 }, baseline: { file: 'b.json', gone } };
    expect(faultsIn(json(more, plain))).toEqual([]);
  });

  test('which refuses what is none', () => {
    expect(faultsIn('{ "version": 2, "findings": [], "summary": {} }')).not.toEqual([]);
    expect(faultsIn('{}')).toHaveLength(3);
  });

  test('and which lets later keys pass', () => {
    const open = validator(Object(schema));
    const later = { ...JSON.parse(json(report, plain)), later: 1 };
    expect(open(JSON.stringify(later))).toEqual([]);
    expect(faultsIn(JSON.stringify(later))).not.toEqual([]);
  });
});
