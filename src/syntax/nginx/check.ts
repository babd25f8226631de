import { limitedProblems } from '../problem.ts';
import type { Source } from '../source.ts';
import { refusalOfDataLine } from './check-data.ts';
import { contextInside, isDataContext, type NginxContext } from './contexts.ts';
import { formsOf } from './directives.ts';
import { mayBeDuplicate, type Stated } from './duplicates.ts';
import { isTakenByShape, judge, judgeRepetition } from './judge.ts';
import { missingSemicolon } from './missing-semicolon.ts';
import type { KnownModules } from './modules.ts';
import { type ReadingOf, readingsOf } from './reading.ts';
import type { Contents, Statement } from './statement.ts';
import { Directive, type NginxProblem, type ParsedNginx } from './tree.ts';

/** What is known about the nginx that reads the directives, and how its includes were resolved. */
export interface CheckOptions {
  /** What an `include` of a file brought, in place; undefined where it was not or could not be read. */
  included(include: Statement, source: Source): readonly ParsedNginx[] | undefined;
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
  /** The statement whose block it is, where it is a block, and how many problems there were before it. */
  readonly owner?: { readonly statement: Statement; readonly place: Place; readonly problems: number };
}

/** That all is well with a statement, alone, or but for others before it in its block that state the same. */
type Fine = 'alone' | 'but for others';

/** A context, and what was found out about statements that stand in it. */
interface Place {
  readonly context: NginxContext;
  readonly readingOf: ReadingOf;
  /** Shared statements with which all is well. */
  readonly fine: Map<Statement, Fine>;
  /** By name, then by the number of arguments: directives of which nothing else matters. */
  readonly byShape: Map<string, (Fine | 'not decided')[]>;
}

/** nginx itself runs out of files before; a loop of includes is reported by the loader. */
const MOST_NESTED_INCLUDES = 1000;

/** So many names that no table knows are judged: guessing what one of them means takes as long as a hundred known ones. */
const UNKNOWN_MAX = 5000;

/** Of so many names, and of each for fewer arguments than these, is remembered that nothing else matters. */
const NAMES_MAX = 2000;
const SHAPES_MAX = 16;

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
  const places = new Map<NginxContext, Place>();
  const placeOf = (context: NginxContext): Place => {
    const known = places.get(context);
    if (known) return known;
    const place = { context, readingOf: readingIn(context), fine: new Map(), byShape: new Map() };
    places.set(context, place);
    return place;
  };

  function fineAs(name: string, { context, readingOf }: Place): Fine {
    const reading = readingOf(name);
    const isStated = reading.kind === 'known' && mayBeDuplicate(name, reading.form, context);
    return isStated ? 'but for others' : 'alone';
  }

  function keepFine(statement: Statement, place: Place): void {
    if (statement.id === 0 || statement.name === 'include') return;
    place.fine.set(statement, fineAs(statement.name, place));
  }

  function fineOf(statement: Statement, place: Place): Fine | undefined {
    if (statement.id !== 0) return place.fine.get(statement);
    const { words, contents } = statement;
    if (contents || words.length >= SHAPES_MAX || isDataContext(place.context)) return undefined;
    const shape = shapeOf(statement, place);
    return shape === 'not decided' || mayHoldBlock(statement) ? undefined : shape;
  }

  function shapeOf(statement: Statement, place: Place): Fine | 'not decided' {
    const { name, words } = statement;
    const ofName = place.byShape.get(name);
    const known = ofName?.[words.length];
    if (known) return known;
    const isDecided = isTakenByShape(statement, place.context, place.readingOf);
    const shape = isDecided ? fineAs(name, place) : 'not decided';
    if (ofName) ofName[words.length] = shape;
    else if (place.byShape.size < NAMES_MAX) {
      const all: (Fine | 'not decided')[] = [];
      all[words.length] = shape;
      place.byShape.set(name, all);
    }
    return shape;
  }

  function judgeIn(frame: Frame, statement: Statement, at: number): NginxProblem | undefined {
    const { stated } = frame;
    const { context, readingOf } = frame.place;
    const directive = new Directive(frame.source, statement, at);
    if (isDataContext(context)) return refusalOfDataLine(directive, context, stated);
    if (isOneTooMany(statement.name)) return undefined;
    return judge(directive, context, stated, readingOf, modules, options.nginxVersion);
  }

  return (file, outermost) => {
    const { problems, add } = limitedProblems<NginxProblem>();
    const frames: Frame[] = [
      {
        contents: file.contents,
        source: file.source,
        start: 0,
        next: 0,
        place: placeOf(outermost),
        stated: { first: undefined },
        includes: 0,
      },
    ];
    let told = 0;
    const tell = (problem: NginxProblem): void => {
      told++;
      add(problem);
    };
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const { contents, place } = frame;
      const { context } = place;
      const statement = contents.statements[frame.next];
      const at = frame.start + (contents.starts[frame.next] ?? 0);
      frame.next++;
      if (!statement) {
        frames.pop();
        const { owner } = frame;
        if (owner && owner.problems === told) keepFine(owner.statement, owner.place);
        continue;
      }
      const fine = statement.isTerminated ? fineOf(statement, place) : undefined;
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
          const { stated, includes } = frame;
          // The last is put down first: the first is to be read first.
          for (const { contents, source } of included.toReversed()) {
            frames.push({
              contents,
              source,
              start: 0,
              next: 0,
              place,
              stated,
              includes: includes + 1,
            });
          }
          continue;
        }
      }
      // Of a block whose module is not there, one word is enough.
      const absent = problem?.kind === 'unknown-module' && problem.fatal;
      const inner = statement.contents;
      if (inner && inner.statements.length > 0 && !isDataContext(context) && !absent) {
        const inside = contextOfBlock(new Directive(frame.source, statement, at), context);
        frames.push({
          contents: inner,
          source: frame.source,
          start: at,
          next: 0,
          place: placeOf(inside),
          stated: { first: undefined },
          includes: frame.includes,
          owner: { statement, place, problems: before },
        });
      } else if (!problem && !isDataContext(context)) keepFine(statement, place);
    }
    return problems;
  };
}

/** Whether a brace stands in its words: of a template, or where a block was meant. */
function mayHoldBlock({ words }: Statement): boolean {
  for (const { value } of words) if (value.includes('{')) return true;
  return false;
}

/** The context inside a block, also where a missing `;` made its name an argument: `root /x location / {`. */
function contextOfBlock(directive: Directive, context: NginxContext): NginxContext {
  return contextInside(missingSemicolon(directive, context)?.next ?? directive.name, context);
}
