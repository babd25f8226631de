import type { Source } from '../source.ts';
import { isDataContext, type NginxContext } from './contexts.ts';
import { mayBeDuplicate } from './duplicates.ts';
import { isTakenByShape } from './judge.ts';
import type { ReadingOf } from './reading.ts';
import type { Contents, Statement } from './statement.ts';

/** That all is well with a statement, alone, or but for others before it in its block that state the same. */
export type Fine = 'alone' | 'but for others';

/** What is known of all statements with the same name and as many arguments, whatever they say. */
export type Shape = Fine | 'not decided';

/** A context, and what was found out about statements that stand in it. */
export interface Place {
  readonly context: NginxContext;
  readonly readingOf: ReadingOf;
  /** Statements with which all is well, of those that many places share. */
  readonly fine: Map<Statement, Fine>;
  /** By name, then by the number of arguments: simple directives, and blocks, of which nothing else matters. */
  readonly byShape: Map<string, Shape[]>;
  readonly blocksByShape: Map<string, Shape[]>;
  /** By what stands before a block's brace: blocks whose lines there were met before share the list, whatever is in them. */
  readonly byOpener: Map<readonly string[], Fine>;
  /** Of files that more includes bring, and in which all is well: the places of what more than that matters of. */
  readonly left: Map<Contents, readonly number[]>;
  /** Blocks in which all was well of late. */
  readonly blocks: Patterns;
  /** Files in which all was well of late, and that state nothing that files before them could state as well. */
  readonly files: Patterns;
}

/** Patterns by how many statements they hold, those met of late first. */
export type Patterns = Map<number, Pattern[]>;

/** A block or a file in which all was found well, and what of another may differ from it that is then well too. */
export interface Pattern {
  readonly contents: Contents;
  readonly source: Source;
  /** The offset that the contents count from. */
  readonly start: number;
  readonly place: Place;
  /** Of each of its statements; found out once another block differs there. */
  readonly tolerances: Tolerance[];
  /** The same of the blocks inside. */
  readonly inside: Pattern[];
}

/** What another statement of the same name with as many arguments may say: anything, a value that nginx takes, or nothing else. */
export type Tolerance = 'anything' | 'what is taken' | 'the same';

/** A place of which nothing is found out yet. */
export function placeIn(context: NginxContext, readingOf: ReadingOf): Place {
  return {
    context,
    readingOf,
    fine: new Map(),
    byShape: new Map(),
    blocksByShape: new Map(),
    byOpener: new Map(),
    left: new Map(),
    blocks: new Map(),
    files: new Map(),
  };
}

/** Of so many names, and of each for fewer arguments than these, is remembered that nothing else matters. */
export const NAMES_MAX = 2000;
const SHAPES_MAX = 16;

/** What may still be wrong with a directive of that name with which all else is well. */
export function fineAs(name: string, { context, readingOf }: Place): Fine {
  const reading = readingOf(name);
  const isStated = reading.kind === 'known' && mayBeDuplicate(name, reading.form, context);
  return isStated ? 'but for others' : 'alone';
}

/** What is known of a statement by its name and the number of its arguments, the braces of a template aside. */
export function shapeOf(statement: Statement, place: Place): Shape {
  const { name, values } = statement;
  if (values.length >= SHAPES_MAX || isDataContext(place.context)) return 'not decided';
  const names = statement.contents ? place.blocksByShape : place.byShape;
  const ofName = names.get(name);
  const known = ofName?.[values.length];
  if (known) return known;
  const isDecided = isTakenByShape(statement, place.context, place.readingOf);
  const shape = isDecided ? fineAs(name, place) : 'not decided';
  if (ofName) ofName[values.length] = shape;
  else if (names.size < NAMES_MAX) {
    const all: Shape[] = [];
    all[values.length] = shape;
    names.set(name, all);
  }
  return shape;
}
