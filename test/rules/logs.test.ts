import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { causesOf, fitsTemplate, messageOf } from '../../src/engine/log-match.ts';
import type { Example, Rule } from '../../src/engine/rule.ts';
import { lint } from '../../src/lint.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { baseHost } from './base-host.ts';
import { entriesOf } from './example-tree.ts';

/** The lines that a rule predicts for the bad host of an example. */
async function predictedLines(rule: Rule, { bad, options = {} }: Example): Promise<readonly string[]> {
  const fs = memoryFileSystem(entriesOf({ ...baseHost, ...bad }, '/host'));
  const request = { fs, cwd: '/host', root: '/host', paths: [], exclude: [], options, rules: [rule] };
  const { findings } = await lint(request);
  return findings.flatMap(({ predicts }) => (predicts && predicts.log !== '' ? [predicts.log] : []));
}

// What a rule predicts must lead back to it, or `no502 explain` would be silent about its own words.
describe.each(rules.filter(({ examples }) => examples.length > 0))('the log lines of $id', (rule) => {
  it('fit what it predicts', async () => {
    for (const example of rule.examples) {
      for (const line of await predictedLines(rule, example)) {
        const fitting = (rule.logs ?? []).filter((template) => fitsTemplate(messageOf(line), template));
        expect(fitting, line).not.toEqual([]);
        expect(causesOf(line, rules).map((cause) => cause.rule.id)).toContain(rule.id);
      }
    }
  });

  it('have no place, level or client part in them', () => {
    for (const template of rule.logs ?? []) {
      expect(template).not.toMatch(/^nginx: |\[(emerg|error|crit|alert|warn)\]|, client: | in <file>/);
    }
  });
});
