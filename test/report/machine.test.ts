import { describe, expect, test } from 'vitest';
import { compact } from '../../src/report/compact.ts';
import { json } from '../../src/report/json.ts';
import type { ReportStyle } from '../../src/report/reporter.ts';
import { findingAt, placeOf, reportOf, sourceOf } from './places.ts';

const style: ReportStyle = { colors: false, columns: 100, verbosity: 'normal' };
const site = sourceOf('etc/nginx/conf.d/a.conf', 'server {\n  fastcgi_pass unix:/a;\n}\n');
const pool = sourceOf('etc/php/8.2/fpm/pool.d/www.conf', '[www]\nlisten = /b\n');

describe('compact', () => {
  test('is one line a finding, which editors and compilers share', () => {
    const findings = [
      findingAt(placeOf(site, 'unix:/a')),
      findingAt(placeOf(pool, '/b'), { severity: 'warning' }),
    ];
    expect(compact(reportOf(findings), style)).toBe(
      'etc/nginx/conf.d/a.conf:2:16: error: something is wrong [some-rule]\n' +
        'etc/php/8.2/fpm/pool.d/www.conf:2:10: warning: something is wrong [some-rule]\n',
    );
    expect(compact(reportOf(findings), { ...style, verbosity: 'quiet' }).split('\n')).toHaveLength(2);
  });

  test('stays one line whatever a message holds', () => {
    const finding = findingAt(placeOf(site, 'unix:/a'), { message: 'no\nb.conf:1:1: error: forged' });
    expect(compact(reportOf([finding]), style).trimEnd()).not.toContain('\n');
  });
});

describe('json', () => {
  test('holds every finding with its places, and the summary', () => {
    const finding = findingAt(placeOf(site, 'unix:/a'), {
      help: 'do this',
      label: 'here',
      predicts: { status: 502, log: 'connect() failed', writer: 'nginx' },
      affects: ['visitors of a'],
      related: [{ span: placeOf(pool, '/b'), message: 'the pool www listens here' }],
      fix: { safe: true, title: 'unix:/b', edits: [{ span: placeOf(site, 'unix:/a'), text: 'unix:/b' }] },
    });
    expect(JSON.parse(json(reportOf([finding]), style))).toEqual({
      version: 1,
      findings: [
        {
          rule: 'some-rule',
          severity: 'error',
          message: 'something is wrong',
          help: 'do this',
          file: 'etc/nginx/conf.d/a.conf',
          line: 2,
          column: 16,
          endLine: 2,
          endColumn: 23,
          predicts: { status: 502, log: 'connect() failed', writer: 'nginx' },
          affects: ['visitors of a'],
          related: [
            {
              file: 'etc/php/8.2/fpm/pool.d/www.conf',
              line: 2,
              column: 10,
              endLine: 2,
              endColumn: 12,
              message: 'the pool www listens here',
            },
          ],
          fix: {
            safe: true,
            edits: [{ file: 'etc/nginx/conf.d/a.conf', start: 24, end: 31, text: 'unix:/b' }],
          },
          url: 'https://github.com/no502/no502/blob/main/rules/README.md#some-rule',
        },
      ],
      summary: {
        hosts: 1,
        servers: 1,
        passes: 1,
        linked: 1,
        unknown: 0,
        masters: 1,
        pools: 1,
        errors: 1,
        warnings: 0,
        infos: 0,
        suppressed: 0,
        skipped: [],
      },
    });
  });

  test('loses nothing and steers no terminal', () => {
    const message = 'a\u001b[2J\u009b31m\u202e\ufeff\u{e0041}\u2028\ud800 é 日本 "quoted"';
    const text = json(reportOf([findingAt(placeOf(site, 'unix:/a'), { message })]), style);
    expect(text).toMatch(/^[\n\x20-\x7eé日本]*$/);
    expect(JSON.parse(text).findings[0].message).toBe(message);
  });
});
