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
  /** Where a statement of its own begins, as an offset from the directive around; nothing of use for any other. */
  readonly starts: readonly number[];
  /** The layouts of the blocks inside, as `outline.openers` has them. */
  readonly inner: readonly Layout[];
}

/** What stands at one place of a layout, wherever that is. */
export function statementOf(item: Statement | Directive): Statement {
  return item instanceof Directive ? item.statement : item;
}

/** What the includes of a host bring. */
export interface Included {
  /** The files that stand in place of an `include`, or `undefined` where it brings nothing that was read. */
  files(include: Statement, source: Source): readonly ParsedNginx[] | undefined;
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

/** Begins to lay out the blocks of a host. `sites` are put at the end of each `http` that stands outermost. */
export function layouter(included: Included, sites: readonly Directive[] = []): Layouter {
  const known = new Map<Statement, Layout>();

  /** nginx crashes on some thousand blocks inside each other, and nobody writes a hundred: what is deeper is left out. */
  function finish(
    opener: Statement | undefined,
    items: readonly (Statement | Directive)[],
    starts: readonly number[],
    source: Source | undefined,
    depth: number,
  ): Layout {
    let openers = noPlaces;
    let inner = noLayouts;
    if (depth < BLOCKS_DEEP) {
      for (let at = 0; at < items.length; at++) {
        const item = items[at];
        const statement = item instanceof Directive ? item.statement : item;
        if (!statement?.contents || statement.script) continue;
        const from = item instanceof Directive ? item.source : source;
        if (!from) continue;
        if (openers === noPlaces) [openers, inner] = [[], []];
        openers.push(at);
        inner.push(ofBlock(statement, statement.contents, from, depth + 1));
      }
    }
    const outlines = inner.length === 0 ? noOutlines : inner.map(({ outline }) => outline);
    return { opener, outline: outlineOf(items, openers, outlines), items, starts, inner };
  }

  function ofBlock(statement: Statement, contents: Contents, source: Source, depth: number): Layout {
    const isShared = statement.id !== 0 && (included.isSameEverywhere || !contents.hasIncludes);
    const before = isShared ? known.get(statement) : undefined;
    if (before) return before;
    const more = depth === 1 && statement.name === 'http' ? sites : noDirectives;
    const layout =
      more.length === 0 && !contents.statements.some(isInclude)
        ? finish(statement, contents.statements, contents.starts, source, depth)
        : expanded(statement, contents, source, more, depth);
    if (isShared) known.set(statement, layout);
    return layout;
  }

  function expanded(
    opener: Statement,
    { statements, starts }: Contents,
    source: Source,
    more: readonly Directive[],
    depth: number,
  ): Layout {
    const items: (Statement | Directive)[] = [];
    const places: number[] = [];
    statements.forEach((statement, at) => {
      const brought = isInclude(statement) ? included.files(statement, source) : undefined;
      if (brought) expand(brought, items, 1);
      else {
        places[items.length] = starts[at] ?? 0;
        items.push(statement);
      }
    });
    for (const directive of more) expandDirective(directive, items, 0);
    // Pushing leaves room for more, in every block of every site.
    return finish(opener, items.slice(), places, source, depth);
  }

  function expand(files: readonly ParsedNginx[], into: (Statement | Directive)[], depth: number): void {
    for (const { directives } of files)
      for (const directive of directives) expandDirective(directive, into, depth);
  }

  function expandDirective(directive: Directive, into: (Statement | Directive)[], depth: number): void {
    const { statement, source } = directive;
    const brought =
      isInclude(statement) && depth < deepestInclude ? included.files(statement, source) : undefined;
    if (brought) expand(brought, into, depth + 1);
    else into.push(directive);
  }

  return {
    ofDirectives(directives) {
      const items: (Statement | Directive)[] = [];
      for (const directive of directives) expandDirective(directive, items, 0);
      return finish(undefined, items.slice(), noPlaces, undefined, 0);
    },
  };
}

function isInclude({ name }: Statement): boolean {
  return name === 'include';
}

const noPlaces: number[] = [];
const noLayouts: Layout[] = [];
const noOutlines: readonly Outline[] = [];
const noDirectives: readonly Directive[] = [];
