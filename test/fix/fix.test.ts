import { describe, expect, test } from 'vitest';
import type { Finding, Severity } from '../../src/engine/finding.ts';
import { type FixResult, fixFindings } from '../../src/fix/fix.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import type { Source } from '../../src/syntax/source.ts';
import { findingAt, reportOf } from '../report/places.ts';

/** A word that is reported wherever it stands, and what its fix puts there. */
interface WordRule {
  readonly word: string;
  readonly severity?: Severity;
  readonly becomes?: string;
  readonly safe?: boolean;
}

/** Reports words, in the order of the text: a small language of defects in place of nginx's. */
function findWords(source: Source, rules: readonly WordRule[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { word, severity = 'error', becomes, safe = true } of rules) {
    for (const { index } of source.text.matchAll(new RegExp(`\\b${word}\\b`, 'g'))) {
      const at = { source, start: index, end: index + word.length };
      const fix =
        becomes === undefined ? undefined : { safe, title: becomes, edits: [{ span: at, text: becomes }] };
      findings.push(findingAt(at, { rule: word, severity, message: `"${word}"`, ...(fix && { fix }) }));
    }
  }
  return findings.sort((a, b) => a.at.start - b.at.start);
}

interface Fixed extends FixResult {
  readonly text: string;
  /** How many times the file was linted. */
  readonly lints: number;
}

async function fixText(text: string, rules: readonly WordRule[], unsafe = false): Promise<Fixed> {
  const fs = memoryFileSystem({ '/a.conf': text });
  let lints = 0;
  const result = await fixFindings({
    fs,
    cwd: '/',
    unsafe,
    lint: async (changed) => {
      lints++;
      const source: Source = {
        path: '/a.conf',
        file: 'a.conf',
        text: Buffer.from(changed.readFile('/a.conf')).toString(),
        encoding: 'utf8',
      };
      return reportOf(findWords(source, rules));
    },
    refuse: () => undefined,
  });
  return { ...result, text: result.changes[0]?.text ?? text, lints };
}

describe('fixing', () => {
  test('makes all fixes and lints once more', async () => {
    const { text, fixed, left, lints } = await fixText('bad x bad', [{ word: 'bad', becomes: 'good' }]);
    expect([text, fixed.length, left, lints]).toEqual(['good x good', 2, [], 2]);
  });

  test('lints once where there is nothing to fix', async () => {
    const { changes, lints } = await fixText('bad x', [{ word: 'bad' }]);
    expect([changes, lints]).toEqual([[], 1]);
  });

  test('leaves unsafe fixes to those who ask for them', async () => {
    const rules = [{ word: 'bad', becomes: 'good', safe: false }];
    const { text, left } = await fixText('bad', rules);
    expect([text, left.map(({ why }) => why)]).toEqual(['bad', ['unsafe']]);
    expect((await fixText('bad', rules, true)).text).toBe('good');
  });

  test('undoes a fix that leaves its finding', async () => {
    const { text, fixed, left } = await fixText('bad x', [{ word: 'bad', becomes: 'bad y' }]);
    expect([text, fixed]).toEqual(['bad x', []]);
    expect(left).toMatchObject([{ why: { text: 'the finding would stay' } }]);
  });

  test('undoes a fix that brings an error, and keeps the others', async () => {
    const rules = [{ word: 'bad', becomes: 'good' }, { word: 'odd', becomes: 'awful' }, { word: 'awful' }];
    const { text, fixed, left } = await fixText('bad odd bad\nbad', rules);
    expect([text, fixed.length]).toEqual(['good odd good\ngood', 3]);
    expect(left).toMatchObject([{ why: { text: 'it would bring another error at a.conf:1: "awful"' } }]);
  });

  test('lets a fix bring a warning', async () => {
    const rules: readonly WordRule[] = [
      { word: 'bad', becomes: 'late' },
      { word: 'late', severity: 'warning' },
    ];
    expect((await fixText('bad', rules)).text).toBe('late');
  });

  test('lets a fix bring an error that the next fix repairs', async () => {
    const rules = [
      { word: 'bad', becomes: 'odd' },
      { word: 'odd', becomes: 'good' },
    ];
    const { text, fixed } = await fixText('x bad', rules);
    expect([text, fixed.map(({ rule }) => rule)]).toEqual(['x good', ['bad', 'odd']]);
  });

  test('does not, where that fix turns out not to help', async () => {
    const rules = [
      { word: 'bad', becomes: 'odd' },
      { word: 'odd', becomes: 'awful' },
      { word: 'awful' },
      { word: 'late', becomes: 'soon' },
    ];
    const { text, left } = await fixText('bad late', rules);
    expect(text).toBe('bad soon');
    expect(left.map(({ finding }) => finding.rule)).toEqual(['bad']);
  });

  test('ends where fixes go round in a circle', async () => {
    const rules: readonly WordRule[] = [
      { word: 'tick', becomes: 'tock', severity: 'warning' },
      { word: 'tock', becomes: 'tick', severity: 'warning' },
    ];
    const { text, lints } = await fixText('tick', rules);
    expect(['tick', 'tock']).toContain(text);
    expect(lints).toBeLessThan(20);
  });

  test('finds the one bad fix among many in few attempts', async () => {
    const rules = [{ word: 'bad', becomes: 'good' }, { word: 'odd', becomes: 'awful' }, { word: 'awful' }];
    const many = `${'bad '.repeat(500)}odd ${'bad '.repeat(500)}`;
    const { fixed, lints } = await fixText(many, rules);
    expect(fixed.length).toBe(1000);
    expect(lints).toBeLessThan(30);
  });
});
