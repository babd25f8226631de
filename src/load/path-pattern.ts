import { compilePattern, matchesName, type NamePattern } from './glob-pattern.ts';

/**
 * A pattern of paths, by component. `any` is `**`, which stands for as many names as there are. None becomes a regular
 * expression: those of strangers could take for ever.
 */
export type PathPattern = readonly (NamePattern | 'any')[];

/** Compiles a pattern of paths. Slashes at its ends and `.` mean nothing. */
export function compilePath(pattern: string): PathPattern {
  const names = namesOf(pattern).filter((name) => name !== '.');
  return names.map((name) => (name === '**' ? 'any' : { ...compilePattern(name), matchesHidden: true }));
}

/** The names that a path is made of. */
export function namesOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}

/** Whether a path, as its names, or a directory above it matches. */
export function matchesOrIsBelow(components: PathPattern, names: readonly string[]): boolean {
  for (let end = names.length; end > 0; end--) if (matches(components, names.slice(0, end))) return true;
  return false;
}

/** As `matchesName`, with names in the place of bytes: after a mismatch only the last `**` is tried again. */
function matches(components: PathPattern, names: readonly string[]): boolean {
  let at = 0;
  let next = 0;
  let any = -1;
  let anyAt = 0;
  while (at < names.length) {
    const component = components[next];
    if (component === 'any') {
      any = next++;
      anyAt = at;
    } else if (component && matchesName(component, names[at] ?? '')) {
      next++;
      at++;
    } else if (any !== -1) {
      next = any + 1;
      at = ++anyAt;
    } else return false;
  }
  while (components[next] === 'any') next++;
  return next === components.length;
}
