import { limitedProblems } from '../problem.ts';
import type { Source } from '../source.ts';
import { refusalOfDataLine } from './check-data.ts';
import { contextInside, isDataContext, type NginxContext } from './contexts.ts';
import { formsOf } from './directives.ts';
import { mayBeDuplicate, type Stated } from './duplicates.ts';
import { judge, judgeRepetition } from './judge.ts';
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
  readonly context: NginxContext;
  readonly readingOf: ReadingOf;
  readonly stated: Stated;
  readonly includes: number;
  /** The statement whose block it is, where it is a block, and how many problems there were before it. */
  readonly owner?: {
    readonly statement: Statement;
    readonly context: NginxContext;
    readonly problems: number;
  };
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
  const fineStatements = new Map<NginxContext, FineStatements>();
  const fineIn = (context: NginxContext): FineStatements => {
    const known = fineStatements.get(context);
    if (known) return known;
    const fine: FineStatements = new Map();
    fineStatements.set(context, fine);
    return fine;
  };

  function keepFine(statement: Statement, context: NginxContext): void {
    if (statement.id === 0 || statement.name === 'include') return;
    const { name } = statement;
    const reading = readingIn(context)(name);
    const isStated = reading.kind === 'known' && mayBeDuplicate(name, reading.form, context);
    fineIn(context).set(statement, isStated ? 'but for others' : 'alone');
  }

  function judgeIn(frame: Frame, statement: Statement, at: number): NginxProblem | undefined {
    const { context, stated } = frame;
    const directive = new Directive(frame.source, statement, at);
    if (isDataContext(context)) return refusalOfDataLine(directive, context, stated);
    if (isOneTooMany(statement.name)) return undefined;
    return judge(directive, context, stated, frame.readingOf, modules, options.nginxVersion);
  }

  return (file, outermost) => {
    const { problems, add } = limitedProblems<NginxProblem>();
    const frames: Frame[] = [
      {
        contents: file.contents,
        source: file.source,
        start: 0,
        next: 0,
        context: outermost,
        readingOf: readingIn(outermost),
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
      const { context, contents } = frame;
      const statement = contents.statements[frame.next];
      const at = frame.start + (contents.starts[frame.next] ?? 0);
      frame.next++;
      if (!statement) {
        frames.pop();
        const { owner } = frame;
        if (owner && owner.problems === told) keepFine(owner.statement, owner.context);
        continue;
      }
      const fine = statement.id === 0 ? undefined : fineIn(context).get(statement);
      if (fine === 'alone') continue;
      if (fine === 'but for others') {
        const directive = new Directive(frame.source, statement, at);
        const problem = judgeRepetition(directive, context, frame.stated, frame.readingOf);
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
          const { readingOf, stated, includes } = frame;
          // The last is put down first: the first is to be read first.
          for (const { contents, source } of included.toReversed()) {
            frames.push({
              contents,
              source,
              start: 0,
              next: 0,
              context,
              readingOf,
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
          context: inside,
          readingOf: readingIn(inside),
          stated: { first: undefined },
          includes: frame.includes,
          owner: { statement, context, problems: before },
        });
      } else if (!problem && !isDataContext(context)) keepFine(statement, context);
    }
    return problems;
  };
}

/** Statements with which all is well, alone, or but for others of the same name before them. */
type FineStatements = Map<Statement, 'alone' | 'but for others'>;

/** The context inside a block, also where a missing `;` made its name an argument: `root /x location / {`. */
function contextOfBlock(directive: Directive, context: NginxContext): NginxContext {
  return contextInside(missingSemicolon(directive, context)?.next ?? directive.name, context);
}
