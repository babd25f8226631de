import type { Source } from '../source.ts';
import { isDataContext, type NginxContext } from './contexts.ts';
import { isToldApartByValue } from './duplicates.ts';
import { type Pattern, type Patterns, type Place, shapeOf, type Tolerance } from './place.ts';
import type { Contents, Statement } from './statement.ts';

/** What a comparison has to ask of the check. */
export interface Judging {
  placeOf(context: NginxContext): Place;
  contextOfBlock(source: Source, statement: Statement, at: number, context: NginxContext): NginxContext;
  /** Whether all is well with a statement that is of the same name, and has as many arguments, as one that was found well there. */
  isValueTaken(statement: Statement, source: Source, at: number, place: Place): boolean;
}

/** So many patterns of the same length are kept for each place. */
const ALIKE_MAX = 4;

/** Blocks that are longer, or in which others stand deeper, are no patterns: to compare them in vain would cost too much. */
const STATEMENTS_MAX = 200;
const DEPTH_MAX = 3;

/** Keeps a block in which all was found well, in the stead of the one that was kept longest where there are many. */
export function keepPattern(
  patterns: Patterns,
  contents: Contents,
  source: Source,
  start: number,
  place: Place,
): void {
  const { length } = contents.statements;
  if (length > STATEMENTS_MAX || contents.depth > DEPTH_MAX) return;
  if (place.context === 'unknown' || isDataContext(place.context)) return;
  const alike = patterns.get(length);
  const pattern = patternOf(contents, source, start, place);
  if (!alike) patterns.set(length, [pattern]);
  else {
    if (alike.length === ALIKE_MAX) alike.pop();
    alike.unshift(pattern);
  }
}

/** Whether a block says no more, and nothing else that matters, than one in which all was found well. */
export function followsPattern(
  patterns: Patterns,
  contents: Contents,
  source: Source,
  start: number,
  judging: Judging,
): boolean {
  const alike = patterns.get(contents.statements.length);
  if (!alike) return false;
  for (const pattern of alike) if (follows(pattern, contents, source, start, judging)) return true;
  return false;
}

function patternOf(contents: Contents, source: Source, start: number, place: Place): Pattern {
  return { contents, source, start, place, tolerances: [], inside: [] };
}

function follows(
  pattern: Pattern,
  contents: Contents,
  source: Source,
  start: number,
  judging: Judging,
): boolean {
  const { statements, weight } = pattern.contents;
  if (contents.weight !== weight || contents.statements.length !== statements.length) return false;
  for (let nth = 0; nth < statements.length; nth++) {
    const known = statements[nth];
    const other = contents.statements[nth];
    if (known === other) continue;
    if (!known || !other || !isOfSameShape(known, other)) return false;
    const at = start + (contents.starts[nth] ?? 0);
    if (!known.contents || !other.contents) {
      if (!isTolerated(pattern, nth, known, other, source, at, judging)) return false;
      continue;
    }
    // The very list of arguments: the opening lines are the same text.
    if (known.values !== other.values) return false;
    const inside = insideOf(pattern, nth, known, known.contents, judging);
    if (!follows(inside, other.contents, source, at, judging)) return false;
  }
  return true;
}

function isOfSameShape(one: Statement, other: Statement): boolean {
  return (
    one.name === other.name &&
    one.values.length === other.values.length &&
    (one.contents === undefined) === (other.contents === undefined) &&
    other.isTerminated &&
    !other.hasBrace
  );
}

function isTolerated(
  pattern: Pattern,
  nth: number,
  known: Statement,
  other: Statement,
  source: Source,
  at: number,
  judging: Judging,
): boolean {
  const { tolerances, place } = pattern;
  const tolerance = tolerances[nth] ?? toleranceOf(known, place);
  tolerances[nth] = tolerance;
  if (tolerance === 'anything') return true;
  return tolerance === 'what is taken' && judging.isValueTaken(other, source, at, place);
}

function toleranceOf(statement: Statement, place: Place): Tolerance {
  const { name } = statement;
  if (name === 'include' || isToldApartByValue(name)) return 'the same';
  return shapeOf(statement, place) === 'not decided' ? 'what is taken' : 'anything';
}

function insideOf(
  pattern: Pattern,
  nth: number,
  known: Statement,
  contents: Contents,
  judging: Judging,
): Pattern {
  const made = pattern.inside[nth];
  if (made) return made;
  const { source, start, place } = pattern;
  const at = start + (pattern.contents.starts[nth] ?? 0);
  const context = judging.contextOfBlock(source, known, at, place.context);
  const inside = patternOf(contents, source, at, judging.placeOf(context));
  pattern.inside[nth] = inside;
  return inside;
}
