import type { Directive } from '../syntax/nginx/tree.ts';

/**
 * How deep blocks are judged. nginx 1.22 dies by SIGSEGV on a hundred thousand inside of each other, and nobody writes a
 * hundred.
 */
export const BLOCKS_DEEP = 256;

/** So many directives a block counts as. */
const BLOCK_WEIGHT = 10;

/** How many directives there are inside of each other, a block counting as more, and how deep the blocks stand. */
export function extentOf(directives: readonly Directive[]): {
  readonly weight: number;
  readonly depth: number;
} {
  let weight = 0;
  let depth = 0;
  for (let level = [directives]; level.length > 0; depth++) {
    const below: (readonly Directive[])[] = [];
    for (const siblings of level) {
      weight += siblings.length;
      for (const { block } of siblings) {
        if (!block) continue;
        weight += BLOCK_WEIGHT - 1;
        below.push(block);
      }
    }
    level = below;
  }
  return { weight, depth: depth - 1 };
}

/** All `include` directives of a file, blocks of any kind and depth included, in the order of the text. */
export function* includesOf(directives: readonly Directive[]): Generator<Directive> {
  const stack = [directives[Symbol.iterator]()];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.next();
    if (next.done) stack.pop();
    else if (next.value.name === 'include') yield next.value;
    else if (next.value.block) stack.push(next.value.block[Symbol.iterator]());
  }
}
