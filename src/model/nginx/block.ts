import { type AskedFor, madeFor, withAnother } from '../../syntax/nginx/asked-for.ts';
import { Directive } from '../../syntax/nginx/tree.ts';
import { oncePer } from '../once-per.ts';
import { type Included, type Layout, layouter, ownIndex, statementAt } from './layout.ts';
import type { NameTable, Outline } from './outline.ts';

/** The blocks that the model knows by name; everything else (`map`, `types`, `geo`, ...) is `other`. */
export type BlockKind =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'if'
  | 'limit_except'
  | 'upstream'
  | 'stream'
  | 'mail'
  | 'other';

/** Where a block stands. */
interface Around {
  /** The directive that opens it, and its place in the block around. */
  readonly directive?: Directive | undefined;
  readonly place?: number;
  readonly parent?: Block | undefined;
}

/**
 * A block of nginx's configuration with its includes put in place. Its directives and the blocks inside are made when they are asked
 * for: of a host of ten thousand sites, most never are.
 */
export class Block {
  readonly kind: BlockKind;
  /** The directive that opens it; absent for the outermost block. */
  readonly directive: Directive | undefined;
  readonly parent: Block | undefined;
  /** Its place among the directives of the block around; -1 for one that no directive opens. */
  readonly place: number;
  readonly layout: Layout;
  /** All directives, once somebody asked for all of them. */
  #directives: readonly Directive[] | undefined;
  #blocks: AskedFor<Block> | undefined;
  /** All blocks inside, once somebody asked for all of them. */
  #all: readonly Block[] | undefined;
  /** True where the blocks inside are those of the layout. */
  readonly isAsLaidOut: boolean;

  /** `blocks` are those inside, where they are not those that the layout has. */
  constructor(
    kind: BlockKind,
    layout: Layout,
    { directive, parent, place = -1 }: Around,
    blocks?: readonly Block[],
  ) {
    this.kind = kind;
    this.directive = directive;
    this.parent = parent;
    this.place = place;
    this.layout = layout;
    this.#directives = undefined;
    this.#blocks = undefined;
    this.#all = blocks;
    this.isAsLaidOut = blocks === undefined;
  }

  /** The directive at a place, counted from 0. */
  directiveAt(at: number): Directive | undefined {
    const item = this.layout.items[at];
    if (item === undefined || item instanceof Directive) return item;
    return this.directive?.childAt(ownIndex(this.layout, at));
  }

  /** In the order nginx reads them, included ones in place of their `include`. */
  get directives(): readonly Directive[] {
    this.#directives ??= this.layout.items.flatMap((_, at) => this.directiveAt(at) ?? []);
    return this.#directives;
  }

  /** Of the blocks that the layout has right inside, the one at a place. */
  blockAt(at: number): Block | undefined {
    const { inner, outline } = this.layout;
    const layout = inner[at];
    if (!layout) return undefined;
    const place = outline.openers[at] ?? -1;
    const before = this.#blocks;
    const known = madeFor(before, at);
    if (known?.place === place) return known;
    const directive = this.directiveAt(place);
    if (!directive) return undefined;
    const made = new Block(kindNamed(directive.name), layout, { directive, parent: this, place });
    const placeOf = (lone: Block): number => outline.openers.indexOf(lone.place);
    this.#blocks = before ? withAnother(before, at, made, inner.length, placeOf) : made;
    return made;
  }

  /** The blocks right inside, in order. */
  get blocks(): readonly Block[] {
    this.#all ??= this.#made();
    return this.#all;
  }

  #made(): readonly Block[] {
    const { inner } = this.layout;
    if (inner.length === 0) return none;
    const all: Block[] = [];
    for (let at = 0; at < inner.length; at++) {
      const block = this.blockAt(at);
      if (block) all.push(block);
    }
    this.#blocks = all.slice();
    return this.#blocks as readonly Block[];
  }
}

const kindOfName: Readonly<Record<string, BlockKind>> = {
  events: 'events',
  http: 'http',
  server: 'server',
  location: 'location',
  if: 'if',
  limit_except: 'limit_except',
  upstream: 'upstream',
  stream: 'stream',
  mail: 'mail',
};

function kindNamed(name: string): BlockKind {
  return isOther(name) ? 'other' : (kindOfName[name] ?? 'other');
}

/** True for the name of a block whose lines are for the directive itself (`map`, `types`, `geo`, ...), or that the model does not know. */
export function isOther(name: string): boolean {
  return !Object.hasOwn(kindOfName, name);
}

/** The block of directives that stand in a block of the given kind; `sites` stand at the end of each `http` right inside. */
export function buildBlock(
  kind: BlockKind,
  directives: readonly Directive[],
  included: Included,
  { parent, sites }: { readonly parent?: Block; readonly sites?: readonly Directive[] } = {},
): Block {
  return new Block(kind, layouter(included, sites).ofDirectives(directives), { parent });
}

/** The same block with other blocks inside. */
export function withBlocks(block: Block, blocks: readonly Block[]): Block {
  return new Block(block.kind, block.layout, block, blocks);
}

/** Most blocks of a host hold no others: they share this one. */
const none: readonly Block[] = [];

/** The names of the directives right inside the block, with where those of each stand. Many blocks share one table. */
export function namesOf(block: Block): NameTable {
  return block.layout.outline.names;
}

const nothing: readonly Directive[] = [];

/** The directives of that name right inside the block. */
export function ownAll(block: Block, name: string): readonly Directive[] {
  const places = namesOf(block).get(name);
  if (!places) return nothing;
  if (places.length === 1) {
    const only = block.directiveAt(places[0] ?? 0);
    return only ? [only] : nothing;
  }
  return places.flatMap((at) => block.directiveAt(at) ?? []);
}

/** The directive of that name right inside the block; the last where it stands twice. */
export function own(block: Block, name: string): Directive | undefined {
  const places = namesOf(block).get(name);
  return places && block.directiveAt(places[places.length - 1] ?? 0);
}

/** A setting in effect, and the block that sets it. */
export interface Effective {
  readonly directive: Directive;
  readonly block: Block;
}

/**
 * The directive in effect in a block: its own, or that of the nearest block around it.
 * For directives that inherit one by one, such as `*_timeout` and `*_buffers`; `*_pass` never inherits.
 * https://nginx.org/en/docs/dev/development_guide.html#http_conf
 */
export function effective(block: Block, name: string): Effective | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const directive = own(at, name);
    if (directive) return { directive, block: at };
  }
  return undefined;
}

/**
 * The directives in effect of a name that inherits all or nothing: those of the nearest block that has any.
 * `fastcgi_param`, `proxy_set_header`, `add_header`, `set_real_ip_from` and `allow`/`deny` behave so.
 */
export function effectiveAll(block: Block, ...names: readonly string[]): readonly Directive[] {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const here = ownAny(at, names);
    if (here.length > 0) return here;
  }
  return [];
}

/**
 * The second argument of the last of those directives in effect whose first is `key`: what `fastcgi_param SCRIPT_FILENAME` says. `undefined` where
 * none of them has it; see {@link effectiveAll}.
 */
export function lastValue(block: Block, name: string, key: string): string | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const places = namesOf(at).get(name);
    if (!places) continue;
    for (let last = places.length - 1; last >= 0; last--) {
      const values = statementAt(at.layout, places[last] ?? -1)?.values;
      if (values?.[0] === key) return values[1];
    }
    return undefined;
  }
  return undefined;
}

/** The directives of any of these names right inside a block, in order. */
function ownAny(block: Block, names: readonly string[]): readonly Directive[] {
  const [first] = names;
  if (names.length === 1 && first !== undefined) return ownAll(block, first);
  const table = namesOf(block);
  return names.some((name) => table.has(name))
    ? block.directives.filter(({ name }) => names.includes(name))
    : nothing;
}

/** The nearest block of a kind, the block itself included. */
export function enclosing(block: Block, kind: BlockKind): Block | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) {
    if (at.kind === kind) return at;
  }
  return undefined;
}

/** Every block below and including this one, outermost first, in reading order. Collected once for each block that is asked. */
export const eachBlock = oncePer((block: Block): readonly Block[] => {
  const found: Block[] = [];
  const stack = [block];
  for (let at = stack.pop(); at; at = stack.pop()) {
    found.push(at);
    for (let child = at.blocks.length - 1; child >= 0; child--) {
      const next = at.blocks[child];
      if (next) stack.push(next);
    }
  }
  return found;
});

/** The names of all directives in a block and in those inside of it. */
export function namesIn(block: Block): ReadonlySet<string> {
  return block.isAsLaidOut ? block.layout.outline.below : namesInOthers(block);
}

const namesInOthers = oncePer((block: Block): ReadonlySet<string> => {
  const names = new Set(namesOf(block).keys());
  for (const each of block.blocks) for (const name of namesIn(each)) names.add(name);
  return names;
});

/** Of the blocks right inside, those that a directive of that name opens, in order. */
export function blocksNamed(block: Block, name: string): readonly Block[] {
  return namesIn(block).has(name) ? block.blocks.filter(({ directive }) => directive?.name === name) : none;
}

/** How a walk goes on from blocks of one outline or layout. */
interface Ways {
  readonly isMeant: boolean;
  /** Where the blocks right inside stand that are meant, or lead to one that is; the last first. */
  readonly leading: readonly number[];
}

/** Of a block and those inside of it, the ones that are meant, in reading order. Those that lead to none are not made. */
function blocksMeant(block: Block, waysIn: (layout: Layout) => Ways): readonly Block[] {
  const found: Block[] = [];
  const stack = [block];
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { isMeant, leading } = waysIn(at.layout);
    if (isMeant) found.push(at);
    if (!at.isAsLaidOut) for (const each of at.blocks.toReversed()) stack.push(each);
    else
      for (const child of leading) {
        const next = at.blockAt(child);
        if (next) stack.push(next);
      }
  }
  return found;
}

/** Of a block and those inside of it, the ones with a directive of any of these names right inside, in reading order. */
export function blocksWith(block: Block, names: readonly string[]): readonly Block[] {
  const isAny = (among: { has(name: string): boolean }): boolean => names.some((name) => among.has(name));
  const known = new Map<Outline, Ways>();
  return blocksMeant(block, ({ outline }) => {
    const before = known.get(outline);
    if (before) return before;
    const leading = outline.inner.flatMap(({ below }, at) => (isAny(below) ? at : []));
    const ways = { isMeant: isAny(outline.names), leading: leading.reverse() };
    known.set(outline, ways);
    return ways;
  });
}

/**
 * Of a block and those inside of it, the ones whose layout is wanted, in reading order. A layout that many blocks share is asked about
 * once; blocks that are not wanted, and hold none that is, are not made.
 */
export function blocksLaidOut(block: Block, isWanted: (layout: Layout) => boolean): readonly Block[] {
  const known = new Map<Layout, Ways>();
  const waysIn = (layout: Layout): Ways => {
    const before = known.get(layout);
    if (before) return before;
    const isMeant = isWanted(layout);
    const leading = layout.inner.flatMap((inner, at) => (isLeading(waysIn(inner)) ? at : []));
    const ways = { isMeant, leading: leading.reverse() };
    known.set(layout, ways);
    return ways;
  };
  return blocksMeant(block, waysIn);
}

function isLeading({ isMeant, leading }: Ways): boolean {
  return isMeant || leading.length > 0;
}
