import type { BaselineUse } from '../engine/summary.ts';
import { count } from './count.ts';

/** What to say of a baseline: that it was written, or what of it is gone. Nothing where all of it is still there. */
export function baselineLines({ file, gone, written }: BaselineUse, isVerbose: boolean): readonly string[] {
  if (written !== undefined) {
    const shrunk = gone.length > 0 ? `, ${count(gone.length, 'entry', 'entries')} taken out` : '';
    return [`baseline: ${file} holds ${count(written, 'finding')} now${shrunk}`];
  }
  if (gone.length === 0) return [];
  const are = gone.length === 1 ? 'is' : 'are';
  return [
    `baseline: ${count(gone.length, 'entry', 'entries')} of ${file} ${are} gone; --update-baseline takes ${gone.length === 1 ? 'it' : 'them'} out`,
    ...(isVerbose ? gone.map((entry) => `gone: ${entry.rule} in ${entry.file} (${entry.message})`) : []),
  ];
}
