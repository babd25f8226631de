import { resolve as resolvePath } from 'node:path';
import { nearest } from '../values/nearest.ts';
import type { FileSystem } from './file-system.ts';

/**
 * `; did you mean "sites-available/shop"?` for a path that is not there, or nothing where none is near. One name of the
 * path may be mistyped, or several: each is looked for in the directory that the names before it lead to.
 */
export function nearPathHint(fs: FileSystem, cwd: string, given: string): string {
  const names = given.split('/');
  const meant: string[] = [];
  for (const name of names) {
    const directory = resolvePath(cwd, [...meant, ''].join('/'));
    const found = name === '' || name === '.' || name === '..' ? name : nameIn(fs, directory, name);
    if (found === undefined) return '';
    meant.push(found);
  }
  const path = meant.join('/');
  return path === given ? '' : `; did you mean "${path}"?`;
}

function nameIn(fs: FileSystem, directory: string, name: string): string | undefined {
  try {
    const names = fs.readDirectory(directory);
    return names.includes(name) ? name : nearest(name, names);
  } catch {
    // A file in the middle of the path, or a directory that may not be listed.
    return undefined;
  }
}
