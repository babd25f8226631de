import { limitedProblems } from '../problem.ts';
import { OPENING_BRACE, SEMICOLON } from './characters.ts';
import { refusalOfDataLine } from './check-data.ts';
import { contextInside, isDataContext, type NginxContext } from './contexts.ts';
import { formsOf } from './directives.ts';
import type { Stated } from './duplicates.ts';
import { judge } from './judge.ts';
import { missingSemicolon } from './missing-semicolon.ts';
import type { KnownModules } from './modules.ts';
import { type ReadingOf, readingsOf } from './reading.ts';
import type { Directive, NginxProblem } from './tree.ts';

/** What is known about the nginx that reads the directives, and how its includes were resolved. */
export interface CheckOptions {
  /** What an `include` brought, in place; undefined where it was not or could not be read. */
  included(directive: Directive): readonly Directive[] | undefined;
  /** `1.22.1`; without it no directive is called too new or too old. */
  readonly nginxVersion?: string;
  /** True where the whole nginx.conf with all it includes was read. */
  readonly complete: boolean;
  /** The arguments of the `load_module` directives seen; none where left out. */
  readonly loadModules?: readonly string[];
  /** True where nginx is known to be the package of a Linux distribution; see {@link KnownModules}. */
  readonly distributionPackage?: boolean;
}

/** A block, or what an include put into it, that is being read. */
interface Frame {
  readonly directives: readonly Directive[];
  next: number;
  readonly context: NginxContext;
  readonly readingOf: ReadingOf;
  readonly stated: Stated;
  readonly includes: number;
}

/** nginx itself runs out of files before; a loop of includes is reported by the loader. */
const MOST_NESTED_INCLUDES = 1000;

/** So many names that no table knows are judged: guessing what one of them means takes as long as a hundred known ones. */
const UNKNOWN_MAX = 5000;

/**
 * Judges directives as ngx_conf_handler and the functions behind it do (src/core/ngx_conf_file.c): whether they
 * are known, stand where they may, have the right number of arguments, are stated once, and, where that is simple
 * and certain, have a value nginx takes. Problems come in the order in which nginx would meet them; nginx itself
 * stops at the first fatal one. What no table knows is never fatal on suspicion alone.
 */
export function checkDirectives(
  directives: readonly Directive[],
  context: NginxContext,
  options: CheckOptions,
): readonly NginxProblem[] {
  const { problems, add } = limitedProblems<NginxProblem>();
  const modules: KnownModules = {
    complete: options.complete,
    loaded: options.loadModules ?? [],
    distributionPackage: options.distributionPackage ?? false,
  };
  const unknown = new Set<string>();
  const isOneTooMany = ({ name }: Directive): boolean =>
    formsOf(name).length === 0 && unknown.add(name).size > UNKNOWN_MAX;
  const readingIn = readingsOf(modules, options.nginxVersion);
  const frames: Frame[] = [
    {
      directives,
      next: 0,
      context,
      readingOf: readingIn(context),
      stated: { first: undefined },
      includes: 0,
    },
  ];
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const directive = frame.directives[frame.next];
    frame.next++;
    if (!directive) {
      frames.pop();
      continue;
    }
    const data = isDataContext(frame.context);
    const problem =
      frame.context === 'unknown' || !isTerminated(directive)
        ? undefined
        : isDataContext(frame.context)
          ? refusalOfDataLine(directive, frame.context, frame.stated)
          : isOneTooMany(directive)
            ? undefined
            : judge(directive, frame.context, frame.stated, frame.readingOf, modules, options.nginxVersion);
    if (problem) add(problem);

    if (directive.name === 'include' && frame.includes < MOST_NESTED_INCLUDES) {
      const included = options.included(directive);
      if (included) {
        frames.push({ ...frame, directives: included, next: 0, includes: frame.includes + 1 });
        continue;
      }
    }
    // Of a block whose module is not there, one word is enough.
    const absent = problem?.kind === 'unknown-module' && problem.fatal;
    if (directive.block && directive.block.length > 0 && !data && !absent) {
      const inside = contextOfBlock(directive, frame.context);
      frames.push({
        directives: directive.block,
        next: 0,
        context: inside,
        readingOf: readingIn(inside),
        stated: { first: undefined },
        includes: frame.includes,
      });
    }
  }
  return problems;
}

/** False where the `;` or `{` is missing: nginx never gets to look at such a directive. */
function isTerminated(directive: Directive): boolean {
  const code = directive.source.text.charCodeAt(directive.terminator);
  return code === SEMICOLON || code === OPENING_BRACE;
}

/** The context inside a block, also where a missing `;` made its name an argument: `root /x location / {`. */
function contextOfBlock(directive: Directive, context: NginxContext): NginxContext {
  const name = missingSemicolon(directive, context)?.next;
  return contextInside(name === undefined ? directive : { ...directive, name }, context);
}
