import { describe, expect, test } from 'vitest';
import {
  applyBaseline,
  type Baseline,
  type Baselined,
  type BaselineScope,
} from '../../src/baseline/baseline.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { BaselineEntry, Report } from '../../src/engine/summary.ts';
import { findingAt, reportOf, sourceOf } from '../report/places.ts';

const site = sourceOf(
  'deploy/etc/nginx/a.conf',
  'listen 80;\nfastcgi_pass unix:/a;\nfastcgi_pass unix:/a;\n',
);
const scope: BaselineScope = {
  cwd: '/srv',
  isWhole: true,
  rules: new Set(['some-rule', 'other-rule']),
  exists: () => true,
};

/** A finding at each occurrence of a text. */
function findingsAt(text: string, said: Partial<Finding> = {}): readonly Finding[] {
  const findings: Finding[] = [];
  for (let at = site.text.indexOf(text); at !== -1; at = site.text.indexOf(text, at + 1)) {
    findings.push(findingAt({ source: site, start: at, end: at + text.length }, said));
  }
  return findings;
}

function baselineOf(entries: readonly BaselineEntry[], path = '/srv/no502-baseline.json'): Baseline {
  return { file: 'no502-baseline.json', path, entries };
}

/** The entries that a first `--update-baseline` writes. */
function accept(findings: readonly Finding[], path?: string): readonly BaselineEntry[] {
  return applyBaseline(reportOf(findings), baselineOf([], path), scope).updated;
}

function run(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  said: Partial<BaselineScope> = {},
  report: Partial<Report> = {},
): Baselined {
  return applyBaseline(reportOf(findings, report), baselineOf(entries), { ...scope, ...said });
}

describe('a baseline', () => {
  const both = findingsAt('unix:/a');

  test('suppresses what it holds, and nothing else', () => {
    const news = findingsAt('80');
    const { report } = run([...news, ...both], accept(both));
    expect(report.findings).toEqual(news);
    expect(report.summary).toMatchObject({ errors: 1, suppressed: 2 });
    expect(report.baseline?.gone).toEqual([]);
  });

  test('adds to what comments suppress', () => {
    const { summary } = reportOf(both);
    const { report } = run(both, accept(both), {}, { summary: { ...summary, suppressed: 3 } });
    expect(report.summary.suppressed).toBe(5);
  });

  test('that holds one of two alike reports the other', () => {
    const { report } = run(both, accept(both.slice(0, 1)));
    expect(report.findings).toEqual(both.slice(1));
  });

  test('reports again what has become worse, and not what has become better', () => {
    const as = (severity: Finding['severity']): readonly Finding[] => findingsAt('80', { severity });
    expect(run(as('error'), accept(as('warning'))).report.findings).toHaveLength(1);
    expect(run(as('info'), accept(as('warning'))).report.findings).toEqual([]);
  });

  test('tells what of it is gone', () => {
    const [kept, gone] = accept(both);
    const { report, updated } = run(both.slice(0, 1), accept(both));
    expect(report.baseline?.gone).toEqual([gone]);
    expect(updated).toEqual([kept]);
  });

  test('names files from where it lies', () => {
    expect(accept(both, '/srv/ci/base.json').map(({ file }) => file)).toEqual([
      '/srv/deploy/etc/nginx/a.conf',
      '/srv/deploy/etc/nginx/a.conf',
    ]);
    expect(accept(both, '/srv/deploy/base.json')[0]?.file).toBe('etc/nginx/a.conf');
  });
});

describe('of a baseline, what the run did not look at is kept:', () => {
  const entries = accept(findingsAt('80'));
  const reading = reportOf([]).reading;

  test.each<[string, Partial<BaselineScope>, Partial<Report>, boolean]>([
    ['the whole host', {}, {}, true],
    ['other files', { isWhole: false }, {}, false],
    ['a rule that is off', { rules: new Set(['other-rule']) }, {}, false],
    [
      'a rule that could not judge',
      {},
      { summary: { ...reportOf([]).summary, skipped: [{ rule: 'some-rule', reason: 'no memory' }] } },
      false,
    ],
    [
      'this file',
      { isWhole: false },
      { reading: { ...reading, files: [{ file: site.file, as: 'nginx' }] } },
      true,
    ],
    ['other files, this one is deleted', { isWhole: false, exists: () => false }, {}, true],
  ])('%s', (_name, said, report, isGone) => {
    const { report: reduced, updated } = run([], entries, said, report);
    expect(reduced.baseline?.gone).toEqual(isGone ? entries : []);
    expect(updated).toEqual(isGone ? [] : entries);
  });
});
