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
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const { source, start, end } = finding.at;
    const key = JSON.stringify([finding.rule, source.file, start, end, finding.message]);
    const known = byPlace.get(key);
    byPlace.set(key, known ? mergeAffected(known, finding) : finding);
  }
  return [...byPlace.values()];
}

function mergeAffected(known: Finding, other: Finding): Finding {
  const affects = [...new Set([...(known.affects ?? []), ...(other.affects ?? [])])];
  const fix = mergeFixes(known.fix, other.fix);
  const { fix: _, ...rest } = known;
  return { ...rest, ...((known.affects ?? other.affects) && { affects }), ...(fix && { fix }) };
}

/** One cause may be repaired in several places: only with all of them is it gone. */
function mergeFixes(known: Fix | undefined, other: Fix | undefined): Fix | undefined {
  if (!known || !other) return undefined;
  const isKnown = (edit: Edit): boolean =>
    known.edits.some(
      ({ span, text }) =>
        span.source.file === edit.span.source.file &&
        span.start === edit.span.start &&
        span.end === edit.span.end &&
        text === edit.text,
    );
  const more = other.edits.filter((edit) => !isKnown(edit));
  return { ...known, safe: known.safe && other.safe, edits: [...known.edits, ...more] };
}
