import { baseName, directoryOf } from '../syntax/path-parts.ts';
import { isInside, joinPath } from './path-resolver.ts';
import type { Root } from './root.ts';

/** The file that an `include` of one that is not there most likely means. */
export interface MeantInclude {
  /** The argument that would include it, relative to the directory of nginx.conf where it lies in it. */
  readonly text: string;
  /** True where it is found from the file that includes it, from where nginx does not look. */
  readonly certain: boolean;
}

/** Where packages and people keep what is included. */
const usualDirectories = ['', 'snippets', 'conf.d', 'includes', 'global'] as const;

/**
 * Looks for the file that a missing include means: relative to the file that includes it, else the same name in a usual
 * place or with another ending. `undefined` where there is none, or more than one.
 */
export function meantInclude(
  root: Root,
  prefix: string,
  includer: string,
  argument: string,
): MeantInclude | undefined {
  const isFile = (path: string): boolean => {
    const resolved = root.resolve(path);
    return resolved.kind === 'found' && resolved.status.kind === 'file';
  };
  const meant = (path: string, certain: boolean): MeantInclude => ({
    text: isInside(path, prefix) ? path.slice(prefix === '/' ? 1 : prefix.length + 1) : path,
    certain,
  });
  if (!argument.startsWith('/')) {
    const beside = joinPath(directoryOf(includer), argument);
    if (isFile(beside)) return meant(beside, true);
  }
  const name = baseName(argument);
  const names = [name, name.endsWith('.conf') ? name.slice(0, -'.conf'.length) : `${name}.conf`];
  const paths = usualDirectories.flatMap((directory) =>
    names.map((each) => joinPath(directory === '' ? prefix : joinPath(prefix, directory), each)),
  );
  const found = paths.filter(isFile);
  const [only] = found;
  const isOne = new Set(found.map((path) => root.resolve(path).path)).size === 1;
  return only !== undefined && isOne && name !== '' ? meant(only, false) : undefined;
}
