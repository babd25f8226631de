import { describe, expect, test } from 'vitest';
import { baselineText } from '../../src/baseline/baseline-text.ts';
import { readBaseline } from '../../src/baseline/read-baseline.ts';
import type { BaselineEntry } from '../../src/engine/summary.ts';
import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';

function entry(said: Partial<BaselineEntry> = {}): BaselineEntry {
  return {
    rule: 'some-rule',
    severity: 'error',
    file: 'etc/a.conf',
    message: 'no pool listens on "x"',
    fingerprint: '0'.repeat(32),
    ...said,
  };
}

async function entriesIn(text: MemoryEntry, mayBeMissing = false): Promise<readonly BaselineEntry[]> {
  const fs = memoryFileSystem({ '/srv/base.json': text });
  return (await readBaseline({ fs, cwd: '/srv', file: 'base.json', mayBeMissing })).entries;
}

describe('the file of a baseline', () => {
  const entries = [
    entry({ file: 'b', message: '\u001b[2J\u202e é "' }),
    entry({ file: 'a', rule: 'z' }),
    entry({ file: 'a', rule: 'b', fingerprint: 'f'.repeat(32) }),
    entry({ file: 'a', rule: 'b' }),
  ];
  const text = baselineText(entries);

  test('has a finding a line, in an order of its own, and can be read again', async () => {
    expect(text).toBe(`{
  "version": 1,
  "findings": [
    {"file":"a","rule":"b","severity":"error","message":"no pool listens on \\"x\\"","fingerprint":"${'0'.repeat(32)}"},
    {"file":"a","rule":"b","severity":"error","message":"no pool listens on \\"x\\"","fingerprint":"${'f'.repeat(32)}"},
    {"file":"a","rule":"z","severity":"error","message":"no pool listens on \\"x\\"","fingerprint":"${'0'.repeat(32)}"},
    {"file":"b","rule":"some-rule","severity":"error","message":"\\u001b[2J\\u202e é \\"","fingerprint":"${'0'.repeat(32)}"}
  ]
}
`);
    expect(baselineText(entries.toReversed())).toBe(text);
    expect(baselineText(await entriesIn(text))).toBe(text);
    expect(await entriesIn(text)).toHaveLength(4);
  });

  test('can be empty', async () => {
    expect(baselineText([])).toBe('{\n  "version": 1,\n  "findings": []\n}\n');
    expect(await entriesIn(baselineText([]))).toEqual([]);
  });

  test('may have been edited by hand, as long as its meaning is clear', async () => {
    expect(await entriesIn(text.replace('}\n  ]', '},\n  ]'))).toHaveLength(4);
    expect(await entriesIn(`# why\n${text}`)).toHaveLength(4);
  });

  test('need not be there where it is to be written', async () => {
    const place = { fs: memoryFileSystem({}), cwd: '/srv', file: 'base.json' };
    expect((await readBaseline({ ...place, mayBeMissing: true })).entries).toEqual([]);
    await expect(readBaseline({ ...place, mayBeMissing: false })).rejects.toThrow(
      'base.json: No such file or directory; --update-baseline makes it',
    );
  });

  test.each<[string, MemoryEntry, RegExp]>([
    ['cut off', text.slice(0, 150), /^base\.json:\d+:\d+: /],
    ['with a conflict', text.replace('  "findings"', '<<<<<<< HEAD\n  "findings"'), /^base\.json:[34]:\d+: /],
    ['a list', '[]', /^base\.json:1:1: the file must be a mapping$/],
    ['empty', '', /^base\.json:1:1: the file must be a mapping$/],
    [
      'of another version',
      text.replace('"version": 1', '"version": 2'),
      /^base\.json:2:14: version must be at most 1$/,
    ],
    ['without a version', text.replace('"version": 1,', ''), /^base\.json:1:1: the file needs version$/],
    ['without findings', '{"version": 1}', /^base\.json:1:1: the file needs findings$/],
    [
      'with a key too many',
      text.replace('"severity"', '"sevrity"'),
      /^base\.json:4:\d+: unknown key "sevrity" in findings\[0\]; did you mean "severity"\?$/,
    ],
    [
      'with a key too few',
      text.replace('"file":"a",', ''),
      /^base\.json:4:5: the finding needs file, rule, severity, message and fingerprint$/,
    ],
    [
      'with a severity that is none',
      text.replace('"error"', '"fatal"'),
      /^base\.json:4:\d+: findings\[0\]\.severity must be error, warning or info, not "fatal"$/,
    ],
    [
      'with a fingerprint that is none',
      text.replace(/0{32}/, 'abc'),
      /^base\.json:4:\d+: findings\[0\]\.fingerprint cannot be "abc"$/,
    ],
    ['a directory', { directory: true }, /^base\.json: Is a directory$/],
    ['locked', { denied: true }, /^base\.json: Permission denied$/],
  ])('that is broken (%s) is refused with the place', async (_how, broken, message) => {
    await expect(entriesIn(broken, true)).rejects.toThrow(message);
  });

  test('is read fast', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => entry({ file: `etc/${index}.conf` }));
    const large = baselineText(many);
    const before = performance.now();
    expect(await entriesIn(large)).toHaveLength(20_000);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
