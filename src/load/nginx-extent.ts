import type { Contents, Statement } from '../syntax/nginx/statement.ts';

/**
 * How deep blocks are judged. nginx 1.22 dies by SIGSEGV on a hundred thousand inside of each other, and nobody writes a
 * hundred.
 */
export const BLOCKS_DEEP = 256;

/** All `include` directives of a file, each with its offset, blocks of any kind and depth included, in the order of the text. */
export function* includesOf(contents: Contents): Generator<{ statement: Statement; start: number }> {
  const stack = [{ contents, start: 0, next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const statement = top.contents.statements[top.next];
    const start = top.start + (top.contents.starts[top.next] ?? 0);
    top.next++;
    if (!statement) stack.pop();
    else if (statement.name === 'include') yield { statement, start };
    else if (statement.contents?.hasIncludes) stack.push({ contents: statement.contents, start, next: 0 });
  }
}
