import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Prediction } from '../../src/engine/finding.ts';
import type { Example, Rule, Tree } from '../../src/engine/rule.ts';
import { type Report, summarize } from '../../src/engine/summary.ts';
import { pretty } from '../../src/report/pretty.ts';
import { exampleDisk, lintExample } from './lint-example.ts';
import { rulesIndex } from './rules-index.ts';
import { rulesReadme } from './rules-readme.ts';

const folder = new URL('../../rules/', import.meta.url);
const ids = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

function lintTree(tree: Tree, example: Example, checked: readonly Rule[]): Promise<Report> {
  return lintExample(exampleDisk(tree, example), example, checked);
}

/** What one rule says of a tree. Rules about suppressions judge what all the others found. */
async function lintWith(rule: Rule, tree: Tree, example: Example): Promise<Report> {
  if (!rule.reads.includes('suppressions')) return lintTree(tree, example, [rule]);
  const { summary, ...report } = await lintTree(tree, example, rules);
  const findings = report.findings.filter((finding) => finding.rule === rule.id);
  return { ...report, findings, summary: summarize(summary, findings, [], summary.suppressed) };
}

describe('the rules', () => {
  it('are all in the index, in order', async () => {
    await expect(rulesIndex(ids)).toMatchFileSnapshot('../../rules/index.ts');
    expect(rules.map(({ id }) => id)).toEqual(ids);
  });

  it('are documented in rules/README.md', async () => {
    const predictions = new Map<string, readonly Prediction[]>();
    for (const rule of rules) {
      const reports = await Promise.all(rule.examples.map((example) => lintWith(rule, example.bad, example)));
      const findings = reports.flatMap((report) => report.findings);
      predictions.set(
        rule.id,
        findings.flatMap(({ predicts }) => predicts ?? []),
      );
    }
    await expect(rulesReadme(rules, predictions)).toMatchFileSnapshot('../../rules/README.md');
  });

  it('say nothing about the healthy host that their examples stand on', async () => {
    const { findings } = await lintTree({}, { name: 'base', bad: {}, good: {} }, rules);
    expect(findings).toEqual([]);
  });
});

describe.each(rules)('$id', (rule) => {
  it('has a title and documentation without loose ends', () => {
    expect(rule.title).toMatch(/^[A-Za-z].*[^.]$/);
    for (const text of Object.values(rule.docs)) expect(text).toMatch(/^\S.*\.$/s);
    for (const reference of rule.references) expect(reference).toMatch(/^https:\/\//);
    expect(rule.examples.length).toBeGreaterThan(0);
  });

  describe.each(rule.examples)('$name', (example) => {
    it('is reported where it is bad', async () => {
      const report = await lintWith(rule, example.bad, example);
      expect(report.findings.length).toBeGreaterThan(0);
      for (const { at } of report.findings) {
        expect(at.start).toBeLessThanOrEqual(at.end);
        expect(at.end).toBeLessThanOrEqual(at.source.text.length);
      }
      const printed = pretty(report, { verbosity: 'normal', colors: false, columns: 120 });
      await expect(printed).toMatchFileSnapshot(
        `printed/${rule.id}/${example.name.replaceAll(/[^\w]+/g, '-')}.txt`,
      );
    });

    it('is not reported where it is good', async () => {
      const { findings } = await lintWith(rule, example.good, example);
      expect(findings).toEqual([]);
    });

    it('brings no error of another rule where it is good', async () => {
      const { findings } = await lintTree(example.good, example, rules);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    });
  });
});
