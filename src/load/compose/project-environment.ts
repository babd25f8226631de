import { parseDotenv } from '../../syntax/compose/dotenv.ts';
import { type Given, known, unknown } from '../../syntax/compose/given.ts';
import type { Lookup } from '../../syntax/compose/interpolate.ts';
import type { Source } from '../../syntax/source.ts';
import { joinPath } from '../path-resolver.ts';
import type { Root } from '../root.ts';
import { chained, given } from './read-environment.ts';
import type { Doubt } from './service.ts';

/** The variables that fill in compose files: those of `.env`, as a shell without any of its own has them. */
export interface ProjectEnvironment {
  readonly lookup: Lookup;
  /** The env files that were read. */
  readonly sources: readonly Source[];
  readonly problems: readonly Doubt[];
}

const NOTHING: Lookup = () => undefined;

/** Reads `.env` of a project's directory; without one, no variable is known. */
export function projectEnvironment(root: Root, directory: string): ProjectEnvironment {
  return environmentOf(root, [joinPath(directory, '.env')], NOTHING);
}

/** Reads env files, later ones over earlier ones, over what is known outside. */
export function environmentOf(root: Root, paths: readonly string[], outer: Lookup): ProjectEnvironment {
  const variables = new Map<string, Given<string>>();
  const sources: Source[] = [];
  const problems: Doubt[] = [];
  const lookup = chained(variables, outer);
  for (const path of paths) {
    const read = root.read(path);
    if (read.kind !== 'read') continue;
    sources.push(read.source);
    const { entries, problem } = parseDotenv(read.source);
    if (problem) problems.push(problem);
    for (const { name, value, isLiteral, span } of entries) {
      const outside = outer(name);
      if (outside?.kind === 'known') variables.set(name, known(outside.value, span));
      else if (value === undefined) variables.set(name, unknown('it is taken from the shell', span));
      else variables.set(name, isLiteral ? known(value, span) : given(value, lookup, span));
    }
  }
  return { lookup, sources, problems };
}

/** The value of a variable where it is known. */
export function knownValue(lookup: Lookup, name: string): string | undefined {
  const found = lookup(name);
  return found?.kind === 'known' ? found.value : undefined;
}
