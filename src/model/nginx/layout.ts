import { BLOCKS_DEEP } from '../../load/nginx-extent.ts';
import type { Contents, Statement } from '../../syntax/nginx/statement.ts';
import { Directive, type ParsedNginx } from '../../syntax/nginx/tree.ts';
import type { Source } from '../../syntax/source.ts';
import { type Outline, outlineOf } from './outline.ts';

/** A block with its includes put in place, wherever it stands. */
export interface Layout {
  /** What opens it; absent for an outermost block. */
  readonly opener: Statement | undefined;
  readonly outline: Outline;
  /** In the order nginx reads them: the block's own statements, and in place of an `include` the directives that it brings. */
  readonly items: readonly (Statement | Directive)[];
  /** How its own statements are counted where an `include` brings others; see {@link ownIndex}. */
  readonly shifts: Shifts | undefined;
  /** The layouts of the blocks inside, as `outline.openers` has them. */
  readonly inner: readonly Layout[];
}

/** Places, each followed by what is to be added to it, and to those behind it, for where a statement stands among the block's own. */
type Shifts = readonly number[];

/** Where a statement of a block itself stands among its own, that is without what includes bring. */
export function ownIndex({ shifts }: Layout, place: number): number {
  if (!shifts) return place;
  let low = 0;
  let high = shifts.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[2 * middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? place : place + (shifts[2 * low - 1] ?? 0);
}

/** What stands at one place of a layout, wherever that is. */
export function statementOf(item: Statement | Directive): Statement {
  return item instanceof Directive ? item.statement : item;
}

/** The statement at a place of a layout; `undefined` where there is none. */
export function statementAt({ items }: Pick<Layout, 'items'>, place: number): Statement | undefined {
  const item = items[place];
  return item && statementOf(item);
}

/** A file that an `include` brings. */
export interface IncludedFile {
  readonly parsed: ParsedNginx;
}

/** What the includes of a host bring. */
export interface Included {
  /** The files that stand in place of an `include`, or `undefined` where it brings nothing that was read. */
  files(include: Statement, source: Source): readonly IncludedFile[] | undefined;
  /** True where the same words bring the same, in whichever file they stand. */
  readonly isSameEverywhere: boolean;
}

/** Nothing is included, as where nothing was read but the text itself. */
export const noIncludes: Included = { files: () => undefined, isSameEverywhere: true };

/** nginx gives up on an include loop when it runs out of file descriptors; no real tree nests this deep. */
const deepestInclude = 1000;

/** Lays blocks out: one layout for all blocks whose statements are one object. */
export interface Layouter {
  /** The layout of directives of one block, where they stand. */
  ofDirectives(directives: readonly Directive[]): Layout;
}

/** Begins to lay out the blocks of a host. `given` are put at the end of each `http` that stands outermost. */
export function layouter(included: Included, given: readonly Directive[] = []): Layouter {
  const known = new Map<Statement, Layout>();
  const flat = new Map<readonly IncludedFile[], readonly Directive[]>();
  const sites: Directive[] = [];
  let latestShifts: Shifts = [];
  /** Where items are put together: a list that grows by itself has room for more than it gets. */
  const room: (Statement | Directive)[] = [];
  expand(given, sites, 0);

  /** nginx crashes on some thousand blocks inside each other, and nobody writes a hundred: what is deeper is left out. */
  function finish(
    opener: Statement | undefined,
    items: readonly (Statement | Directive)[],
    shifts: Shifts | undefined,
    source: Source | undefined,
    depth: number,
  ): Layout {
    const count = depth < BLOCKS_DEEP ? countOpeners(items) : 0;
    if (count === 0)
      return { opener, outline: outlineOf(items, noPlaces, noOutlines), items, shifts, inner: noLayouts };
    // Pushing leaves room for more, in every server of every site.
    const openers = new Array<number>(count);
    const inner = new Array<Layout>(count);
    const outlines = new Array<Outline>(count);
    let found = 0;
    items.forEach((item, at) => {
      const statement = statementOf(item);
      if (!opensBlock(statement)) return;
      const from = item instanceof Directive ? item.source : source;
      if (!from) throw new Error('a statement without a file');
      const layout = ofBlock(statement, statement.contents, from, depth + 1);
      openers[found] = at;
      inner[found] = layout;
      outlines[found] = layout.outline;
      found++;
    });
    return { opener, outline: outlineOf(items, openers, outlines), items, shifts, inner };
  }

  function ofBlock(statement: Statement, contents: Contents, source: Source, depth: number): Layout {
    const isShared = statement.id !== 0 && (included.isSameEverywhere || !contents.hasIncludes);
    const before = isShared ? known.get(statement) : undefined;
    if (before) return before;
    const more = depth === 1 && statement.name === 'http' ? sites : noDirectives;
    const layout =
      more.length === 0 && !contents.hasIncludes
        ? finish(statement, contents.statements, undefined, source, depth)
        : expanded(statement, contents, source, more, depth);
    if (isShared) known.set(statement, layout);
    return layout;
  }

  function expanded(
    opener: Statement,
    { statements }: Contents,
    source: Source,
    more: readonly Directive[],
    depth: number,
  ): Layout {
    let count = 0;
    let shifts: number[] | undefined;
    for (let at = 0; at < statements.length; at++) {
      const statement = statements[at];
      if (!statement) continue;
      const files = isInclude(statement) ? included.files(statement, source) : undefined;
      if (!files) {
        room[count++] = statement;
        continue;
      }
      for (const directive of broughtBy(files, 1)) room[count++] = directive;
      shifts ??= [];
      shifts.push(count, at + 1 - count);
    }
    if (!shifts && more.length === 0) return finish(opener, statements, undefined, source, depth);
    for (const directive of more) room[count++] = directive;
    return finish(opener, room.slice(0, count), shifts && sharedShifts(shifts), source, depth);
  }

  /** Most blocks of a host that include anything do so at the same places. */
  function sharedShifts(shifts: Shifts): Shifts {
    if (!areSame(shifts, latestShifts)) latestShifts = shifts;
    return latestShifts;
  }

  /** The directives of files that an `include` brings, their own includes put in place. Most sites include the same few. */
  function broughtBy(files: readonly IncludedFile[], depth: number): readonly Directive[] {
    const known = flat.get(files);
    if (known) return known;
    const all: Directive[] = [];
    for (const { parsed } of files) expand(parsed.directives, all, depth);
    const found = all.slice();
    flat.set(files, found);
    return found;
  }

  function expand(directives: readonly Directive[], into: Directive[], depth: number): void {
    for (const directive of directives) {
      const { statement, source } = directive;
      const files =
        isInclude(statement) && depth < deepestInclude ? included.files(statement, source) : undefined;
      if (!files) into.push(directive);
      else for (const each of broughtBy(files, depth + 1)) into.push(each);
    }
  }

  return {
    ofDirectives(directives) {
      const all: Directive[] = [];
      expand(directives, all, 0);
      return finish(undefined, all.slice(), undefined, undefined, 0);
    },
  };
}

function areSame(one: readonly number[], two: readonly number[]): boolean {
  return one.length === two.length && one.every((number, at) => number === two[at]);
}

function isInclude({ name }: Statement): boolean {
  return name === 'include';
}

type Opening = Statement & { readonly contents: Contents };

function opensBlock(statement: Statement): statement is Opening {
  return statement.contents !== undefined && statement.script === undefined;
}

function countOpeners(items: readonly (Statement | Directive)[]): number {
  let count = 0;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item && opensBlock(statementOf(item))) count++;
  }
  return count;
}

const noPlaces: number[] = [];
const noLayouts: Layout[] = [];
const noOutlines: readonly Outline[] = [];
const noDirectives: readonly Directive[] = [];
