import type { Source, Span } from './source.ts';

/**
 * Something a daemon would refuse or complain about while it reads its files.
 * The readers return problems beside what they could build; the rules turn them into findings.
 */
export interface Problem<Kind extends string = string> {
  readonly kind: Kind;
  /** The daemon's own words, to the letter, without time, level and the place it appends. */
  readonly message: string;
  /** Where the cause stands, which may be a better place than the one the daemon names. */
  readonly span: Span;
  /** The line the daemon itself names, counted from 1; absent where it names none. */
  readonly reportedLine?: number;
  /** True where the daemon refuses to start; false where it only warns. */
  readonly fatal: boolean;
  /** What to do about it, where the reader knows. */
  readonly help?: string;
  /** What most likely was to stand in place of the span, where it is a single slip away. */
  readonly meant?: string;
}

/**
 * So many problems of one file are told, fatal ones and others each: a daemon names no more than the first, and a file of
 * ten million braces is no reason to fill the memory.
 */
const PROBLEMS_OF_FILE_MAX = 500;

/** Makes a list of problems that keeps the first of each file and drops the rest. */
export function limitedProblems<Kept extends Problem>(): {
  readonly problems: readonly Kept[];
  add(problem: Kept): void;
} {
  const problems: Kept[] = [];
  const counts = { fatal: new Map<Source, number>(), other: new Map<Source, number>() };
  return {
    problems,
    add(problem) {
      const ofKind = problem.fatal ? counts.fatal : counts.other;
      const before = ofKind.get(problem.span.source) ?? 0;
      if (before >= PROBLEMS_OF_FILE_MAX) return;
      ofKind.set(problem.span.source, before + 1);
      problems.push(problem);
    },
  };
}
