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
  /** Where each of its own statements stands among those of the block; absent where it has no others. */
  readonly indexes: readonly number[] | undefined;
  /** The layouts of the blocks inside, as `outline.openers` has them. */
  readonly inner: readonly Layout[];
}

/** What stands at one place of a layout, wherever that is. */
export function statementOf(item: Statement | Directive): Statement {
  return item instanceof Directive ? item.statement : item;
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
  expand(given, sites, 0);

  /** nginx crashes on some thousand blocks inside each other, and nobody writes a hundred: what is deeper is left out. */
  function finish(
    opener: Statement | undefined,
    items: readonly (Statement | Directive)[],
    indexes: readonly number[] | undefined,
    source: Source | undefined,
    depth: number,
  ): Layout {
    const count = depth < BLOCKS_DEEP ? countOpeners(items) : 0;
    if (count === 0)
      return { opener, outline: outlineOf(items, noPlaces, noOutlines), items, indexes, inner: noLayouts };
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
    return { opener, outline: outlineOf(items, openers, outlines), items, indexes, inner };
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
    let count = more.length + statements.length;
    let brought: (readonly Directive[] | undefined)[] | undefined;
    for (let at = 0; at < statements.length; at++) {
      const statement = statements[at];
      const files = statement && isInclude(statement) ? included.files(statement, source) : undefined;
      if (!files) continue;
      const directives = broughtBy(files, 1);
      brought ??= [];
      brought[at] = directives;
      count += directives.length - 1;
    }
    if (count === statements.length && !brought) return finish(opener, statements, undefined, source, depth);
    const items = new Array<Statement | Directive>(count);
    const indexes = new Array<number>(count).fill(-1);
    let next = 0;
    for (let at = 0; at < statements.length; at++) {
      const statement = statements[at];
      const instead = brought?.[at];
      if (instead) for (const directive of instead) items[next++] = directive;
      else if (statement) {
        indexes[next] = at;
        items[next++] = statement;
      }
    }
    for (const directive of more) items[next++] = directive;
    return finish(opener, items, indexes, source, depth);
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
