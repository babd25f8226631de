import { relative } from 'node:path';
import { compilePath, matchesOrIsBelow, namesOf, type PathPattern } from './path-pattern.ts';
import { UsageError } from './usage-error.ts';

/** How many patterns the braces of one may stand for. */
const ALTERNATIVES_MAX = 256;

/**
 * Makes a function that tells whether a path, or a directory above it, is excluded. Patterns are relative to `cwd`: `*`, `?`
 * and `[a-z]` within a name, hidden ones too; `**` for any number of directories; `{a,b}`; a `!` in front takes back what others
 * exclude. They are held against paths that were met, so that none makes anything be looked for.
 *
 * @throws UsageError for a pattern whose braces stand for too many others.
 */
export function excluder(patterns: readonly string[], cwd: string): (path: string) => boolean {
  const compile = (pattern: string) => alternativesOf(pattern).map(compilePath);
  const excluded = patterns.filter((pattern) => !pattern.startsWith('!')).flatMap(compile);
  const kept = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .flatMap((pattern) => compile(pattern.slice(1)));
  if (excluded.length === 0) return () => false;
  return (path) => {
    const spellings = [relative(cwd, path), path].map(namesOf);
    const isMeant = (all: readonly PathPattern[]): boolean =>
      all.some((pattern) => spellings.some((spelling) => matchesOrIsBelow(pattern, spelling)));
    return isMeant(excluded) && !isMeant(kept);
  };
}

/** The patterns that one with braces stands for: `{a,b}.conf` for `a.conf` and `b.conf`. */
function alternativesOf(pattern: string): readonly string[] {
  const done: string[] = [];
  const pending = [pattern];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const braces = firstBraces(next);
    if (!braces) done.push(next);
    else for (const choice of braces.choices) pending.push(braces.before + choice + braces.behind);
    if (done.length + pending.length > ALTERNATIVES_MAX) {
      throw new UsageError(`exclude: "${pattern}" stands for more than ${ALTERNATIVES_MAX} patterns`);
    }
  }
  return done;
}

interface Braces {
  readonly before: string;
  readonly choices: readonly string[];
  readonly behind: string;
}

/** The first braces that hold a comma of their own; nothing where none do. */
function firstBraces(pattern: string): Braces | undefined {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    const choices: string[] = [];
    let from = open + 1;
    let depth = 0;
    for (let at = from; at < pattern.length; at++) {
      const character = pattern.charAt(at);
      if (character === '{') depth++;
      else if (character === ',' && depth === 0) {
        choices.push(pattern.slice(from, at));
        from = at + 1;
      } else if (character === '}' && depth-- === 0) {
        if (choices.length === 0) break;
        choices.push(pattern.slice(from, at));
        return { before: pattern.slice(0, open), choices, behind: pattern.slice(at + 1) };
      }
    }
  }
  return undefined;
}
