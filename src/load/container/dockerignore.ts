import { compilePath, matchesOrIsBelow, namesOf, type PathPattern } from '../path-pattern.ts';

/**
 * What a `.dockerignore` keeps out of a build: asks for paths relative to the context. The last pattern that matches decides.
 *
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function dockerIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(ruleOf);
  return (path) => {
    const names = namesOf(path);
    let isIgnored = false;
    // A directory that is kept out takes all below with it.
    for (const { pattern, keeps } of rules) if (matchesOrIsBelow(pattern, names)) isIgnored = !keeps;
    return isIgnored;
  };
}

function ruleOf(line: string): { readonly pattern: PathPattern; readonly keeps: boolean } {
  const keeps = line.startsWith('!');
  return { pattern: compilePath(line.slice(keeps ? 1 : 0).trim()), keeps };
}
