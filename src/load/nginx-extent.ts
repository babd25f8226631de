import type { Contents, Statement } from '../syntax/nginx/statement.ts';

/**
 * How deep blocks are judged. nginx 1.22 dies by SIGSEGV on a hundred thousand inside of each other, and nobody writes a
 * hundred.
 */
export const BLOCKS_DEEP = 256;

/** An `include` of a file, with the offset of its first character. */
export interface PlacedInclude {
  readonly statement: Statement;
  readonly start: number;
}

const none: readonly PlacedInclude[] = [];

/** All `include` directives of a file, blocks of any kind and depth included, in the order of the text. */
export function includesOf(outermost: Contents): readonly PlacedInclude[] {
  if (!outermost.hasIncludes) return none;
  const found: PlacedInclude[] = [];
  const around: { readonly contents: Contents; readonly start: number; readonly next: number }[] = [];
  let contents = outermost;
  let start = 0;
  for (let next = 0; ; next++) {
    const statement = contents.statements[next];
    if (!statement) {
      const outer = around.pop();
      if (!outer) return found;
      ({ contents, start, next } = outer);
      continue;
    }
    const at = start + (contents.starts[next] ?? 0);
    if (statement.name === 'include') found.push({ statement, start: at });
    else if (statement.contents?.hasIncludes) {
      around.push({ contents, start, next });
      ({ contents } = statement);
      start = at;
      next = -1;
    }
  }
}
