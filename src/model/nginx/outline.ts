/** Where in a block the directives of each name stand, in order. */
export type NameTable = ReadonlyMap<string, readonly number[]>;

/**
 * What a block looks like when all but names is left out: which directives stand where, and the same of the blocks inside. The sites of
 * a panel have a handful of outlines between them: what a question needs only names for is answered once for each outline, neither
 * walking the directives of ten thousand servers nor making them.
 */
export interface Outline {
  readonly names: NameTable;
  /** The places of those that open a block, in order. */
  readonly openers: readonly number[];
  /** The outlines of their blocks. */
  readonly inner: readonly Outline[];
  /** The names of all directives in the block and in those inside of it. */
  readonly below: ReadonlySet<string>;
}

/** What a block may begin with, and what may follow. */
interface Beginning {
  readonly next: Map<string | Outline, Beginning>;
  /** The outline of blocks that are no longer than this. */
  whole?: Named;
}

const empty: Beginning = { next: new Map() };
let beginnings = 0;

/** So many are kept; ten thousand sites of one panel need a few dozen. */
const BEGINNINGS_MAX = 20_000;

/** A longer block is hardly ever written twice. */
const SHARED_MAX = 64;

/**
 * The outline of a block with these directives, of which those at `openers` open a block with an outline of `inner`. One object for all
 * blocks that look alike.
 */
export function outlineOf(
  items: readonly { readonly name: string }[],
  openers: readonly number[],
  inner: readonly Outline[],
): Outline {
  const before = latest[items.length];
  if (before && isOutlineOf(before, items, openers, inner)) return before.outline;
  const found = items.length > SHARED_MAX ? undefined : beginningOf(items, openers, inner);
  if (!found) return newOutline(items, openers, inner);
  found.whole ??= { outline: newOutline(items, openers, inner), names: items.map(({ name }) => name) };
  latest[items.length] = found.whole;
  return found.whole.outline;
}

/** What was found last for a block with as many directives: the next site's is most often the same, and to see that takes no map. */
const latest: (Named | undefined)[] = new Array(SHARED_MAX + 1).fill(undefined);

/** An outline and the names of its directives. */
interface Named {
  readonly outline: Outline;
  /** In order. */
  readonly names: readonly string[];
}

function isOutlineOf(
  { outline, names }: Named,
  items: readonly { readonly name: string }[],
  openers: readonly number[],
  inner: readonly Outline[],
): boolean {
  if (inner.length !== outline.inner.length) return false;
  for (let at = 0; at < inner.length; at++) {
    if (inner[at] !== outline.inner[at] || openers[at] !== outline.openers[at]) return false;
  }
  for (let at = 0; at < names.length; at++) if (items[at]?.name !== names[at]) return false;
  return true;
}

function beginningOf(
  items: readonly { readonly name: string }[],
  openers: readonly number[],
  inner: readonly Outline[],
): Beginning | undefined {
  let found = empty;
  let opener = 0;
  for (let at = 0; at < items.length; at++) {
    const next = following(found, items[at]?.name ?? '');
    const block = openers[opener] === at ? inner[opener++] : undefined;
    const last = next && block ? following(next, block) : next;
    if (!last) return undefined;
    found = last;
  }
  return found;
}

function following(beginning: Beginning, key: string | Outline): Beginning | undefined {
  const known = beginning.next.get(key);
  if (known || beginnings >= BEGINNINGS_MAX) return known;
  beginnings++;
  const next: Beginning = { next: new Map() };
  beginning.next.set(key, next);
  return next;
}

function newOutline(
  items: readonly { readonly name: string }[],
  openers: readonly number[],
  inner: readonly Outline[],
): Outline {
  const names = new Map<string, number[]>();
  const below = new Set<string>();
  items.forEach(({ name }, at) => {
    const same = names.get(name);
    if (same) same.push(at);
    else names.set(name, [at]);
    below.add(name);
  });
  for (const block of new Set(inner)) for (const name of block.below) below.add(name);
  return { names, openers, inner, below };
}
