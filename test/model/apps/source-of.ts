import type { Source } from '../../../src/syntax/source.ts';

/** A file of a test. */
export function sourceOf(path: string, text: string): Source {
  return { path, file: path.slice(1), text, encoding: 'utf8' };
}
