import type { BaselineEntry } from '../engine/summary.ts';
import { escapeHidden } from '../report/json-text.ts';

/**
 * A baseline as JSON, a finding a line and always in the same order, so that a change of it is easy to review and to
 * merge.
 */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const lines = entries
    .toSorted(compareEntries)
    .map(({ rule, severity, file, message, fingerprint }) =>
      escapeHidden(JSON.stringify({ file, rule, severity, message, fingerprint })),
    );
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

const keys = ['file', 'rule', 'message', 'fingerprint'] as const;

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  for (const key of keys) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}
