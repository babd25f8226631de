import type { Finding } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import { positionAt } from '../syntax/source.ts';
import { editsByFile, type Fixable, movedOffset } from './edits.ts';

/** Whether fixes help, or why they do not. */
export type Judged = { readonly helps: true } | { readonly helps: false; readonly why: string };

/** What a finding is known by, however often its words change: its rule and where its cause stands. */
export function keyOf({ rule, at }: Finding): string {
  return keyAt(rule, at.source.file, at.start);
}

function keyAt(rule: string, file: string, offset: number): string {
  return `${offset} ${rule} ${file}`;
}

/** The same keys once the fixes are made, which moves what stands behind them. */
export function moveKeys(
  keys: ReadonlyMap<string, string>,
  fixes: readonly Fixable[],
): ReadonlyMap<string, string> {
  const move = moverOf(fixes);
  return new Map(
    [...keys].map(([key, value]) => {
      const [offset = '', rule = ''] = key.split(' ', 2);
      const file = key.slice(offset.length + rule.length + 2);
      return [keyAt(rule, file, move(file, Number(offset))), value];
    }),
  );
}

/** Judges fixes by what is found before and after them. `isHoped` tells which new errors may still be repaired. */
export function judge(
  before: Report,
  after: Report,
  fixes: readonly Fixable[],
  isHoped: (error: Finding) => boolean,
): Judged {
  const move = moverOf(fixes);
  const moved = ({ rule, at }: Finding): string =>
    keyAt(rule, at.source.file, move(at.source.file, at.start));
  const found = new Set(after.findings.map(keyOf));
  if (fixes.some((finding) => found.has(moved(finding)))) {
    return { helps: false, why: 'the finding would stay' };
  }
  const errors = new Set(before.findings.filter(({ severity }) => severity === 'error').map(moved));
  for (const finding of after.findings) {
    if (finding.severity !== 'error' || errors.has(keyOf(finding)) || isHoped(finding)) continue;
    const { line } = positionAt(finding.at.source, finding.at.start);
    const place = `${finding.at.source.file}:${line}`;
    return { helps: false, why: `it would bring another error at ${place}: ${finding.message}` };
  }
  return { helps: true };
}

function moverOf(fixes: readonly Fixable[]): (file: string, offset: number) => number {
  const files = editsByFile(fixes);
  return (file, offset) => movedOffset(files.get(file)?.edits ?? [], offset);
}
