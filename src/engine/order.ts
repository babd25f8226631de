import type { Edit, Finding, Fix } from './finding.ts';

/** Sorts by file, then offset, then rule: the same findings always come in the same order. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(compareFindings);
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.at.source.file, b.at.source.file) ||
    a.at.start - b.at.start ||
    a.at.end - b.at.end ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

// By code unit, not by locale: reports must not differ between machines.
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Keeps one of the findings that say the same of the same place, which happens where a snippet is included
 * more than once. What each of them affects is kept together.
 */
export function mergeRepeated(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { source, start, end } = finding.at;
    const key = JSON.stringify([finding.rule, source.file, start, end, finding.message]);
    const same = byPlace.get(key);
    if (same) same.push(finding);
    else byPlace.set(key, [finding]);
  }
  // All at once: to merge one after the other copies the whole list for each of ten thousand sites.
  return [...byPlace.values()].map((same) => (same.length === 1 ? same[0] : merge(same)));
}

function merge(same: readonly [Finding, ...Finding[]]): Finding {
  const { fix: _, affects: __, ...rest } = same[0];
  const isForSome = same.some(({ affects }) => affects !== undefined);
  const affects = [...new Set(same.flatMap(({ affects = [] }) => [...affects]))];
  const fix = mergeFixes(same.map((finding) => finding.fix));
  return { ...rest, ...(isForSome && { affects }), ...(fix && { fix }) };
}

/** One cause may be repaired in several places: only with all of them is it gone. */
function mergeFixes(fixes: readonly (Fix | undefined)[]): Fix | undefined {
  const [first, ...others] = fixes.filter((fix) => fix !== undefined);
  if (!first || others.length + 1 < fixes.length) return undefined;
  const edits = new Map<string, Edit>();
  for (const fix of [first, ...others]) {
    for (const edit of fix.edits) {
      const { source, start, end } = edit.span;
      const key = JSON.stringify([source.file, start, end, edit.text]);
      if (!edits.has(key)) edits.set(key, edit);
    }
  }
  return { ...first, safe: first.safe && others.every(({ safe }) => safe), edits: [...edits.values()] };
}
