import type { Directive } from '../../syntax/nginx/tree.ts';

/** Where in a block the directives of each name stand, in order. */
export type NameTable = ReadonlyMap<string, readonly number[]>;

/** What a block may begin with, and the names that may follow. */
interface Beginning {
  readonly next: Map<string, Beginning>;
  table?: NameTable;
}

const empty: Beginning = { next: new Map() };
let beginnings = 0;

/** So many are kept; ten thousand sites of one panel need a few dozen. */
const BEGINNINGS_MAX = 20_000;

/** A longer block is hardly ever written twice. */
const SHARED_MAX = 64;

/**
 * Where the directives of each name stand. Blocks with the same names in the same order, as the sites of a panel have them, share
 * one table, so that looking for a name in any of a hundred thousand blocks neither walks its directives nor takes memory.
 * `undefined` for a block that shares with nobody; see {@link ownTable}.
 */
export function sharedTable(directives: readonly Directive[]): NameTable | undefined {
  if (directives.length > SHARED_MAX) return undefined;
  let at = empty;
  for (const { name } of directives) {
    let next = at.next.get(name);
    if (!next) {
      if (beginnings >= BEGINNINGS_MAX) return undefined;
      beginnings++;
      next = { next: new Map() };
      at.next.set(name, next);
    }
    at = next;
  }
  at.table ??= ownTable(directives);
  return at.table;
}

/** The same, for one list of directives alone. */
export function ownTable(directives: readonly Directive[]): NameTable {
  const table = new Map<string, number[]>();
  directives.forEach(({ name }, at) => {
    const same = table.get(name);
    if (same) same.push(at);
    else table.set(name, [at]);
  });
  return table;
}
