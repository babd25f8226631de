import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Example, Rule } from '../../src/engine/rule.ts';
import type { Report } from '../../src/engine/summary.ts';
import { type FixResult, fixFindings } from '../../src/fix/fix.ts';
import { overlay } from '../../src/fix/overlay.ts';
import type { FileSystem } from '../../src/load/file-system.ts';
import { exampleDisk, lintExample } from '../rules/lint-example.ts';

/** Makes the fixes of one rule, as `--fix-unsafe` would. */
function fix(fs: FileSystem, rule: Rule, example: Example): Promise<FixResult> {
  return fixFindings({
    fs,
    cwd: '/host',
    unsafe: true,
    lint: (changed) => lintExample(changed, example, rules),
    refuse: (finding) => (finding.rule === rule.id ? undefined : 'another rule'),
  });
}

/** How many findings there are of each rule. */
function tally({ findings }: Report): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

describe.each(rules)('the fixes of $id', (rule) => {
  test.each(rule.examples)('$name', async (example) => {
    const fs = exampleDisk(example.bad, example);
    const before = await lintExample(fs, example, rules);
    const fixable = before.findings.filter((finding) => finding.rule === rule.id && finding.fix);
    const { report, fixed, left, changes } = await fix(fs, rule, example);
    // Each finding that says it has a fix is gone, and nothing has come in its place.
    expect(left.filter(({ finding }) => finding.rule === rule.id)).toEqual([]);
    expect(fixed.length > 0).toBe(fixable.length > 0);
    const counts = tally(before);
    for (const [id, count] of tally(report))
      expect([id, count]).toEqual([id, Math.min(count, counts.get(id) ?? 0)]);
    const changed = overlay(fs, new Map(changes.map(({ path, after }) => [path, after])));
    expect((await fix(changed, rule, example)).changes).toEqual([]);
  });
});

/** What a person would rightly expect `--fix` or `--fix-unsafe` to repair. */
const expected = [
  'buffer-sizes-inconsistent',
  'fastcgi-pass-bad-syntax',
  'fastcgi-pass-not-listened',
  'fpm-inline-hash-comment',
  'fpm-listen-unix-prefix',
  'fpm-listen-without-port',
  'fpm-socket-owner-unset',
  'fpm-socket-permission',
  'fpm-syntax',
  'fpm-unknown-entry',
  'localhost-dual-stack',
  'nginx-include-missing',
  'nginx-unknown-directive',
  'pm-dynamic-inconsistent',
  'proxy-port-mismatch',
  'read-timeout-below-app-limit',
  'read-timeout-missing',
  'stale-php-version-socket',
  'suppression-unused',
];

test.each(expected)('%s has a fix', async (id) => {
  const rule = rules.find((each) => each.id === id);
  const reports = (rule?.examples ?? []).map(async (example) =>
    lintExample(exampleDisk(example.bad, example), example, rules),
  );
  const findings = (await Promise.all(reports)).flatMap((report) => report.findings);
  expect(findings.filter((finding) => finding.rule === id && finding.fix)).not.toEqual([]);
});
