import { globalDirectives, poolDirectives } from '../../syntax/fpm/directives.ts';
import type { FpmProblem } from '../../syntax/fpm/problem.ts';
import { nearest } from '../../values/nearest.ts';

/** The problem with the directive that was most likely meant as its help, where php-fpm does not know the one written. */
export function withNearEntry(problem: FpmProblem): FpmProblem {
  const { kind, name, pool, help } = problem;
  if (kind !== 'unknown-entry' || name === undefined || help !== undefined) return problem;
  const directives = pool === undefined ? globalDirectives : poolDirectives;
  const meant = nearest(name, directives.keys());
  return meant === undefined ? problem : { ...problem, meant, help: `did you mean ${meant}?` };
}
