import { describe, expect, test } from 'vitest';
import type { Severity } from '../../src/engine/finding.ts';
import { InternalError } from '../../src/engine/internal-error.ts';
import { defineRule, type Rule, type RuleContext } from '../../src/engine/rule.ts';
import { runRules } from '../../src/engine/run.ts';
import { fails } from '../../src/engine/severity.ts';
import { findingAt, placeOf, sourceOf } from '../report/places.ts';

const deployment = { hosts: [] };
const a = sourceOf('a.conf', 'one two three');
const b = sourceOf('b.conf', 'one two three');

function ruleOf(id: string, check: (context: RuleContext) => void, severity: Severity = 'error'): Rule {
  return defineRule({
    id,
    title: 'Something is wrong',
    severity,
    reads: ['nginx'],
    docs: { what: '', why: '', fine: '', fix: '' },
    references: ['https://nginx.org/en/docs/'],
    examples: [],
    check: (_deployment, context) => check(context),
  });
}

describe('running rules', () => {
  test('sorts by file, offset and rule', () => {
    const later = ruleOf('later', ({ report }) => {
      report({ at: placeOf(b, 'one'), message: 'x' });
      report({ at: placeOf(a, 'two'), message: 'x' });
    });
    const earlier = ruleOf('earlier', ({ report }) => report({ at: placeOf(a, 'two'), message: 'x' }));
    const { findings } = runRules(deployment, [later, earlier]);
    expect(findings.map(({ rule, at }) => [at.source.file, rule])).toEqual([
      ['a.conf', 'earlier'],
      ['a.conf', 'later'],
      ['b.conf', 'later'],
    ]);
  });

  test('reports once what a shared snippet repeats, with all that it affects', () => {
    const rule = ruleOf('rule', ({ report }) => {
      report({ at: placeOf(a, 'one'), message: 'x', affects: ['visitors of a'] });
      report({ at: placeOf(a, 'one'), message: 'x', affects: ['visitors of b', 'visitors of a'] });
      report({ at: placeOf(a, 'one'), message: 'y' });
    });
    const { findings } = runRules(deployment, [rule]);
    expect(findings.map(({ message, affects }) => [message, affects])).toEqual([
      ['x', ['visitors of a', 'visitors of b']],
      ['y', undefined],
    ]);
  });

  test('gives each finding its own severity, else that of the rule', () => {
    const rule = ruleOf(
      'rule',
      ({ report }) => {
        report({ at: placeOf(a, 'one'), message: 'x' });
        report({ at: placeOf(a, 'two'), message: 'x', severity: 'warning' });
      },
      'info',
    );
    expect(runRules(deployment, [rule]).findings.map(({ severity }) => severity)).toEqual([
      'info',
      'warning',
    ]);
    const raised = runRules(deployment, [rule], new Map([['rule', 'error']]));
    expect(raised.findings.map(({ severity }) => severity)).toEqual(['error', 'error']);
  });

  test('leaves out a rule that is off', () => {
    const rule = ruleOf('rule', () => {
      throw new Error('it runs');
    });
    expect(runRules(deployment, [rule], new Map([['rule', 'off']]))).toEqual({
      findings: [],
      skipped: [],
      suppressed: 0,
    });
  });

  test('tells once why a rule could not judge', () => {
    const rule = ruleOf('rule', ({ skip }) => {
      skip('the memory is not known');
      skip('the memory is not known');
    });
    expect(runRules(deployment, [rule]).skipped).toEqual([
      { rule: 'rule', reason: 'the memory is not known' },
    ]);
  });

  test('takes a rule that throws for a fault of ours, and names it', () => {
    const cause = new TypeError('undefined is not a function');
    const rule = ruleOf('some-rule', () => {
      throw cause;
    });
    const run = (): unknown => runRules(deployment, [rule]);
    expect(run).toThrow(InternalError);
    expect(run).toThrow(/some-rule/);
    expect(run).toThrow(expect.objectContaining({ cause }));
  });
});

test.each([
  ['error', 'error', true],
  ['warning', 'error', false],
  ['warning', 'warning', true],
  ['info', 'warning', false],
  ['info', 'info', true],
  ['error', 'never', false],
] as const)('a finding that is %s, failing on %s: %s', (severity, threshold, failed) => {
  expect(fails([findingAt(placeOf(a, 'one'), { severity })], threshold)).toBe(failed);
});
