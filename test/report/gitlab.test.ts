import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { gitlab } from '../../src/report/gitlab.ts';
import { hostileReport, hostileTexts, plain, report } from './samples.ts';

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'location', 'severity'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./)' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
} as const;
const validate = new Ajv().compile(schema);

describe("GitLab's code quality report", () => {
  test('has what GitLab asks for', () => {
    const issues = JSON.parse(gitlab(report, plain));
    expect(validate(issues), JSON.stringify(validate.errors)).toBe(true);
    expect(issues).toMatchObject([
      {
        description: 'no pool listens on unix:/run/php8.1.sock',
        check_name: 'dead-socket',
        severity: 'critical',
        location: { path: 'etc/nginx/sites-available/my shop', lines: { begin: 2, end: 2 } },
        content: { body: expect.stringContaining('log: connect() to unix:/run/php8.1.sock failed') },
      },
      { severity: 'major', location: { lines: { begin: 2, end: 4 } } },
      { severity: 'info' },
    ]);
  });

  test('is an empty list where nothing is wrong', () => {
    expect(gitlab({ ...report, findings: [] }, plain)).toBe('[]\n');
  });

  test.each(hostileTexts)('tells findings apart whatever a file holds: %j', (text) => {
    const issues = JSON.parse(gitlab(hostileReport(text), plain));
    expect(validate(issues), JSON.stringify(validate.errors)).toBe(true);
    expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);
  });

  test('shows only errors where it is to be quiet', () => {
    expect(JSON.parse(gitlab(report, { ...plain, verbosity: 'quiet' }))).toHaveLength(1);
  });
});
