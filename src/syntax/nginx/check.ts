import { limitedProblems } from '../problem.ts';
import type { Source } from '../source.ts';
import { refusalOfDataLine } from './check-data.ts';
import { contextInside, isDataContext, type NginxContext } from './contexts.ts';
import { formsOf } from './directives.ts';
import type { Stated } from './duplicates.ts';
import { isValueTaken, judge, judgeRepetition } from './judge.ts';
import { missingSemicolon } from './missing-semicolon.ts';
import type { KnownModules } from './modules.ts';
import { followsPattern, type Judging, keepPattern } from './pattern.ts';
import { type Fine, fineAs, NAMES_MAX, type Place, placeIn, shapeOf } from './place.ts';
import { readingsOf } from './reading.ts';
import type { Contents, Statement } from './statement.ts';
import { Directive, type NginxProblem, type ParsedNginx } from './tree.ts';

/** What is known about the nginx that reads the directives, and how its includes were resolved. */
export interface CheckOptions {
  /** What an `include` of a file brought, in place; undefined where it was not or could not be read. */
  included(include: Statement, source: Source): readonly { readonly parsed: ParsedNginx }[] | undefined;
  /** True where the same words may bring something else in another file. */
  readonly includesDiffer?: boolean;
  /** `1.22.1`; without it no directive is called too new or too old. */
  readonly nginxVersion?: string;
  /** True where the whole nginx.conf with all it includes was read. */
  readonly complete: boolean;
  /** The arguments of the `load_module` directives seen; none where left out. */
  readonly loadModules?: readonly string[];
  /** True where nginx is known to be the package of a Linux distribution; see {@link KnownModules}. */
  readonly distributionPackage?: boolean;
}

/** A block, or a file that an include put into it, that is being read. */
interface Frame {
  readonly contents: Contents;
  readonly source: Source;
  /** The offset that the contents count from. */
  readonly start: number;
  next: number;
  readonly place: Place;
  readonly stated: Stated;
  readonly includes: number;
  /** True where it stands in a file that was judged before, which more includes may bring. */
  readonly isMetAgain: boolean;
  /** The places to look at; all where that is not known. */
  readonly left: readonly number[] | undefined;
  /** How many problems there were before it. */
  readonly before: number;
  /** The statement whose block it is, and where that stands. */
  readonly owner: Statement | undefined;
  readonly around: Place;
  /** What the include that was read last brought, to be read before what follows it. */
  included: readonly { readonly parsed: ParsedNginx }[];
  nextIncluded: number;
}

/** nginx itself runs out of files before; a loop of includes is reported by the loader. */
const MOST_NESTED_INCLUDES = 1000;

/** So many names that no table knows are judged: guessing what one of them means takes as long as a hundred known ones. */
const UNKNOWN_MAX = 5000;

/** Judges files; see {@link nginxCheck}. */
export type NginxCheck = (file: ParsedNginx, context: NginxContext) => readonly NginxProblem[];

/**
 * Judges directives as ngx_conf_handler and the functions behind it do (src/core/ngx_conf_file.c): whether they
 * are known, stand where they may, have the right number of arguments, are stated once, and, where that is simple
 * and certain, have a value nginx takes. Problems come in the order in which nginx would meet them; nginx itself
 * stops at the first fatal one. What no table knows is never fatal on suspicion alone.
 *
 * A statement that many files share is judged once in each context, as long as all is well with it.
 */
export function nginxCheck(options: CheckOptions): NginxCheck {
  const modules: KnownModules = {
    complete: options.complete,
    loaded: options.loadModules ?? [],
    distributionPackage: options.distributionPackage ?? false,
  };
  const readingIn = readingsOf(modules, options.nginxVersion);
  const unknown = new Set<string>();
  const isOneTooMany = (name: string): boolean =>
    formsOf(name).length === 0 && unknown.add(name).size > UNKNOWN_MAX;
  const met = new Set<ParsedNginx>();
  const places = new Map<NginxContext, Place>();
  const placeOf = (context: NginxContext): Place => {
    const known = places.get(context);
    if (known) return known;
    const place = placeIn(context, readingIn(context));
    places.set(context, place);
    return place;
  };

  function keepFine(statement: Statement, place: Place): void {
    const { name, contents } = statement;
    if (name === 'include' || (contents && mayDiffer(contents))) return;
    place.fine.set(statement, fineAs(name, place));
  }

  /** Whether all is well with a statement and what stands in it, as was found where its text was met before. */
  function fineOf(statement: Statement, { place, isMetAgain }: Frame): Fine | undefined {
    return isShared(statement, isMetAgain) ? place.fine.get(statement) : undefined;
  }

  function judgeIn(frame: Frame, statement: Statement, at: number): NginxProblem | undefined {
    const { stated, place, source } = frame;
    const { context, readingOf } = place;
    const shape = shapeOf(statement, place);
    if (shape === 'alone' && !statement.hasBrace) return undefined;
    const directive = new Directive(source, statement, at);
    if (shape === 'but for others' && !statement.hasBrace) {
      return judgeRepetition(directive, context, stated, readingOf);
    }
    if (isDataContext(context)) return refusalOfDataLine(directive, context, stated);
    const opener = statement.contents && statement.values;
    const fine = opener && place.byOpener.get(opener);
    if (fine === 'alone') return undefined;
    if (fine === 'but for others') return judgeRepetition(directive, context, stated, readingOf);
    if (isOneTooMany(statement.name)) return undefined;
    const problem = judge(directive, context, stated, readingOf, modules, options.nginxVersion);
    const isKept = !problem && opener && opener.length > 0 && place.byOpener.size < NAMES_MAX;
    if (isKept) place.byOpener.set(opener, fineAs(statement.name, place));
    return problem;
  }

  const judging: Judging = {
    placeOf,
    contextOfBlock,
    isValueTaken: (statement, source, at, { context, readingOf }) =>
      isValueTaken(new Directive(source, statement, at), context, readingOf, options.nginxVersion),
  };

  /** Whether what a block says may be well in one file and not so in another. */
  function mayDiffer(contents: Contents): boolean {
    return contents.hasIncludes && (options.includesDiffer ?? false);
  }

  /** Keeps that all is well with a block. */
  function keepWell(owner: Statement, { contents, source, start, place, around, isMetAgain }: Frame): void {
    if (isShared(owner, isMetAgain)) keepFine(owner, around);
    else if (!mayDiffer(contents)) keepPattern(place.blocks, contents, source, start, place);
  }

  /** Keeps that all is well with a file. */
  function keepWellFile({ contents, source, place, isMetAgain, left }: Frame): void {
    if (isMetAgain) {
      if (!left) keepLeft(contents, place);
    } else if (!mayDiffer(contents) && statesNothing(contents, place)) {
      keepPattern(place.files, contents, source, 0, place);
    }
  }

  /** Of a file in which no problem was found, the places of what others before it may still make one. */
  function keepLeft(contents: Contents, place: Place): void {
    const left: number[] = [];
    contents.statements.forEach((statement, at) => {
      if (place.fine.get(statement) !== 'alone') left.push(at);
    });
    place.left.set(contents, left);
  }

  return (file, outermost) => {
    const { problems, add } = limitedProblems<NginxProblem>();
    const frames = [frameOfFile(file, placeOf(outermost), { first: undefined }, 0, false, 0)];
    let told = 0;
    const tell = (problem: NginxProblem): void => {
      told++;
      add(problem);
    };
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const { contents, place, isMetAgain, left } = frame;
      const { context } = place;
      const brought = frame.included[frame.nextIncluded]?.parsed;
      if (brought) {
        frame.nextIncluded++;
        const wasMet = met.has(brought);
        met.add(brought);
        if (!wasMet && followsPattern(place.files, brought.contents, brought.source, 0, judging)) continue;
        frames.push(frameOfFile(brought, place, frame.stated, frame.includes + 1, wasMet, told));
        continue;
      }
      const next = left ? (left[frame.next] ?? contents.statements.length) : frame.next;
      const statement = contents.statements[next];
      const at = frame.start + (contents.starts[next] ?? 0);
      frame.next++;
      if (!statement) {
        frames.pop();
        const { owner, before } = frame;
        if (before !== told) continue;
        if (owner) keepWell(owner, frame);
        else keepWellFile(frame);
        continue;
      }
      const fine = fineOf(statement, frame);
      if (fine === 'alone') continue;
      if (fine === 'but for others') {
        const directive = new Directive(frame.source, statement, at);
        const problem = judgeRepetition(directive, context, frame.stated, place.readingOf);
        if (problem) tell(problem);
        continue;
      }
      const problem =
        context === 'unknown' || !statement.isTerminated ? undefined : judgeIn(frame, statement, at);
      const before = told;
      if (problem) tell(problem);

      if (statement.name === 'include' && frame.includes < MOST_NESTED_INCLUDES) {
        const included = options.included(statement, frame.source);
        if (included) {
          frame.included = included;
          frame.nextIncluded = 0;
          continue;
        }
      }
      // Of a block whose module is not there, one word is enough.
      const absent = problem?.kind === 'unknown-module' && problem.fatal;
      const inner = statement.contents;
      if (inner && inner.statements.length > 0 && !isDataContext(context) && !absent) {
        const inside = placeOf(contextOfBlock(frame.source, statement, at, context));
        if (followsPattern(inside.blocks, inner, frame.source, at, judging)) {
          if (before === told && isShared(statement, isMetAgain)) keepFine(statement, place);
          continue;
        }
        frames.push({
          contents: inner,
          source: frame.source,
          start: at,
          next: 0,
          place: inside,
          stated: { first: undefined },
          includes: frame.includes,
          isMetAgain,
          left: undefined,
          before,
          owner: statement,
          around: place,
          included: none,
          nextIncluded: 0,
        });
      } else if (!problem && !isDataContext(context) && isShared(statement, isMetAgain)) {
        keepFine(statement, place);
      }
    }
    return problems;
  };
}

const none: readonly never[] = [];

/** A file at its first statement, in a place where something may be stated already. */
function frameOfFile(
  { contents, source }: ParsedNginx,
  place: Place,
  stated: Stated,
  includes: number,
  isMetAgain: boolean,
  before: number,
): Frame {
  return {
    contents,
    source,
    start: 0,
    next: 0,
    place,
    stated,
    includes,
    isMetAgain,
    left: isMetAgain ? place.left.get(contents) : undefined,
    before,
    owner: undefined,
    around: place,
    included: none,
    nextIncluded: 0,
  };
}

/** Whether a file says nothing that those behind it, in the block that it is put into, may not say as well. */
function statesNothing({ statements }: Contents, place: Place): boolean {
  return statements.every(({ name }) => name !== 'include' && fineAs(name, place) === 'alone');
}

/** Whether the same statement is to be met in other places. */
function isShared({ id }: Statement, isMetAgain: boolean): boolean {
  return id !== 0 || isMetAgain;
}

/** The context inside a block, also where a missing `;` made its name an argument: `root /x location / {`. */
function contextOfBlock(
  source: Source,
  statement: Statement,
  at: number,
  context: NginxContext,
): NginxContext {
  const { name, values, terminator } = statement;
  const lineEnd = values.length === 0 ? -1 : source.text.indexOf('\n', at);
  const isOnOneLine = lineEnd === -1 || lineEnd > at + terminator;
  const missing = isOnOneLine ? undefined : missingSemicolon(new Directive(source, statement, at), context);
  return contextInside(missing?.next ?? name, context);
}
