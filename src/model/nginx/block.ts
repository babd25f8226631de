import { BLOCKS_DEEP } from '../../load/nginx-extent.ts';
import type { Directive } from '../../syntax/nginx/tree.ts';
import { oncePer } from '../once-per.ts';
import { type NameTable, ownTable, sharedTable } from './name-table.ts';

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

/** A block of nginx's configuration with its includes put in place. */
export interface Block {
  readonly kind: BlockKind;
  /** The directive that opens it; absent for the outermost block. */
  readonly directive?: Directive;
  readonly parent?: Block;
  /** In the order nginx reads them, included ones in place of their `include`. */
  readonly directives: readonly Directive[];
  /** The blocks right inside, in order. */
  readonly blocks: readonly Block[];
  /** Where its directives of each name stand; `undefined` where that is not worth knowing before somebody asks. */
  readonly names: NameTable | undefined;
}

/** What stands in place of an `include` directive, or `undefined` where it brings nothing that was read. */
export type Included = (include: Directive) => readonly Directive[] | undefined;

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

/** nginx gives up on an include loop when it runs out of file descriptors; no real tree nests this deep. */
const deepestInclude = 1000;

/** nginx crashes on some thousand blocks inside each other, and nobody writes a hundred: what is deeper is left out. */
const deepestBlock = BLOCKS_DEEP;

/** Builds the block tree of directives that stand in a block of the given kind. */
export function buildBlock(
  kind: BlockKind,
  directives: readonly Directive[],
  included: Included,
  opener?: { readonly directive: Directive; readonly parent: Block },
  depth = 0,
): Block {
  const all = withIncluded(directives, included);
  const inside = depth < deepestBlock ? countOpeners(all) : 0;
  const blocks: Block[] = inside === 0 ? none : new Array(inside);
  const names = sharedTable(all);
  const block: Block = opener
    ? { kind, directive: opener.directive, parent: opener.parent, directives: all, blocks, names }
    : { kind, directives: all, blocks, names };
  if (inside === 0) return block;
  let at = 0;
  for (const directive of all) {
    if (!opensBlock(directive)) continue;
    const inner = kindOfName[directive.name] ?? 'other';
    blocks[at++] = buildBlock(
      inner,
      directive.block ?? [],
      included,
      { directive, parent: block },
      depth + 1,
    );
  }
  return block;
}

function countOpeners(directives: readonly Directive[]): number {
  let count = 0;
  for (const directive of directives) if (opensBlock(directive)) count++;
  return count;
}

/** Most blocks of a host hold no others: they share this one. */
const none: Block[] = [];

function opensBlock(directive: Directive): boolean {
  return directive.block !== undefined && directive.body === undefined;
}

/** The directives themselves where none of them is an `include`: no copy for each of a hundred thousand locations. */
function withIncluded(directives: readonly Directive[], included: Included): readonly Directive[] {
  if (!directives.some(({ name }) => name === 'include')) return directives;
  const all: Directive[] = [];
  expand(directives, included, all, 0);
  // Pushing leaves room for more, in every block of every site.
  return all.slice();
}

function expand(
  directives: readonly Directive[],
  included: Included,
  into: Directive[],
  depth: number,
): void {
  for (const directive of directives) {
    const inside = directive.name === 'include' && depth < deepestInclude ? included(directive) : undefined;
    if (inside) expand(inside, included, into, depth + 1);
    else into.push(directive);
  }
}

const tableOfLong = oncePer(({ directives }: Block): NameTable => ownTable(directives));

/** The names of the directives right inside the block, with where those of each stand. Many blocks share one table. */
export function namesOf(block: Block): NameTable {
  return block.names ?? tableOfLong(block);
}

const nothing: readonly Directive[] = [];

/** The directives of that name right inside the block. */
export function ownAll(block: Block, name: string): readonly Directive[] {
  const places = namesOf(block).get(name);
  if (!places) return nothing;
  if (places.length === 1) {
    const only = block.directives[places[0] ?? 0];
    return only ? [only] : nothing;
  }
  return places.flatMap((at) => block.directives[at] ?? []);
}

/** The directive of that name right inside the block; the last where it stands twice. */
export function own(block: Block, name: string): Directive | undefined {
  const places = namesOf(block).get(name);
  return places && block.directives[places.at(-1) ?? 0];
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

/**
 * The names of all directives in a block and in those inside of it, each with the tables it is in. Most hosts use few names,
 * and what looks for the others need not walk ten thousand servers. Collected once for each block that is asked.
 */
const tablesIn = oncePer((block: Block): ReadonlyMap<string, ReadonlySet<NameTable>> => {
  const tables = new Map<string, Set<NameTable>>();
  for (const table of new Set(eachBlock(block).map(namesOf))) {
    for (const name of table.keys()) {
      const known = tables.get(name);
      if (known) known.add(table);
      else tables.set(name, new Set([table]));
    }
  }
  return tables;
});

/** The names of all directives in a block and in those inside of it. */
export function namesIn(block: Block): Pick<ReadonlySet<string>, 'has'> {
  return tablesIn(block);
}

/** Of a block and those inside of it, the ones with a directive of any of these names right inside, in reading order. */
export function blocksWith(block: Block, names: readonly string[]): readonly Block[] {
  const tables = tablesIn(block);
  const wanted = new Set(names.flatMap((name) => [...(tables.get(name) ?? [])]));
  return wanted.size === 0 ? none : eachBlock(block).filter((each) => wanted.has(namesOf(each)));
}
