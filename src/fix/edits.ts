import type { Edit, Finding, Fix } from '../engine/finding.ts';
import type { Source } from '../syntax/source.ts';

/** The edits of one file, in the order of its text, none over another. */
export interface FileEdits {
  readonly source: Source;
  readonly edits: readonly Edit[];
}

/** A finding with the fix it brings. */
export type Fixable = Finding & { readonly fix: Fix };

/** Which of several fixes can be made together: of those that get in each other's way, the first. */
export interface Choice {
  readonly chosen: readonly Fixable[];
  /** Those that are in the way of one before them. */
  readonly postponed: readonly Fixable[];
}

/** Chooses the fixes that can be made together, in the order given; all edits of a fix or none. */
export function chooseFixes(findings: readonly Fixable[]): Choice {
  const chosen: Fixable[] = [];
  const postponed: Fixable[] = [];
  const taken = new Map<string, Edit[]>();
  for (const finding of findings) {
    const { edits } = finding.fix;
    const isFree = edits.every(
      (edit, index) =>
        !isInTheWay(taken.get(edit.span.source.file) ?? [], edit) && !isInTheWay(edits.slice(0, index), edit),
    );
    if (!isFree) {
      postponed.push(finding);
      continue;
    }
    chosen.push(finding);
    for (const edit of edits) {
      const { file } = edit.span.source;
      const there = taken.get(file);
      if (there) there.push(edit);
      else taken.set(file, [edit]);
    }
  }
  return { chosen, postponed };
}

/** Sorts the edits of fixes that can be made together by file; what two of them say alike is done once. */
export function editsByFile(fixes: readonly Fixable[]): ReadonlyMap<string, FileEdits> {
  const files = new Map<string, { source: Source; edits: Edit[] }>();
  for (const { fix } of fixes) {
    for (const edit of fix.edits) {
      const { source } = edit.span;
      const known = files.get(source.file);
      if (!known) files.set(source.file, { source, edits: [edit] });
      else if (!known.edits.some((other) => isSame(edit, other))) known.edits.push(edit);
    }
  }
  for (const { edits } of files.values()) edits.sort(compareEdits);
  return files;
}

/** The text with the edits made. */
export function applyEdits({ source: { text }, edits }: FileEdits): string {
  const parts: string[] = [];
  let from = 0;
  for (const { span, text: inserted } of edits) {
    parts.push(text.slice(from, span.start), inserted);
    from = span.end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** Where what stands at an offset stands once the edits are made; the beginning of the edit where it was replaced. */
export function movedOffset(edits: readonly Edit[], offset: number): number {
  let moved = offset;
  for (const { span, text } of edits) {
    if (span.end <= offset) moved += text.length - (span.end - span.start);
    else if (span.start < offset) moved -= offset - span.start;
  }
  return moved;
}

function compareEdits(a: Edit, b: Edit): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

function isSame(a: Edit, b: Edit): boolean {
  return (
    a.span.source.file === b.span.source.file &&
    a.span.start === b.span.start &&
    a.span.end === b.span.end &&
    a.text === b.text
  );
}

function isInTheWay(others: readonly Edit[], edit: Edit): boolean {
  return others.some((other) => collide(edit, other) && !isSame(edit, other));
}

/** Two insertions at one place collide as well: which of them comes first would be chance. */
function collide({ span: a }: Edit, { span: b }: Edit): boolean {
  if (a.source.file !== b.source.file) return false;
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}
