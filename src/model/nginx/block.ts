import type { Directive } from '../../syntax/nginx/tree.ts';

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
const deepestInclude = 64;

/** Builds the block tree of directives that stand in a block of the given kind. */
export function buildBlock(
  kind: BlockKind,
  directives: readonly Directive[],
  included: Included,
  opener?: { readonly directive: Directive; readonly parent: Block },
): Block {
  const all: Directive[] = [];
  expand(directives, included, all, 0);
  const blocks: Block[] = [];
  const block: Block = opener
    ? { kind, ...opener, directives: all, blocks }
    : { kind, directives: all, blocks };
  for (const directive of all) {
    if (!directive.block || directive.body) continue;
    const inner = kindOfName[directive.name] ?? 'other';
    blocks.push(buildBlock(inner, directive.block, included, { directive, parent: block }));
  }
  return block;
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

const indexOf = new WeakMap<Block, ReadonlyMap<string, readonly Directive[]>>();

function index(block: Block): ReadonlyMap<string, readonly Directive[]> {
  const known = indexOf.get(block);
  if (known) return known;
  const byName = new Map<string, Directive[]>();
  for (const directive of block.directives) {
    const same = byName.get(directive.name);
    if (same) same.push(directive);
    else byName.set(directive.name, [directive]);
  }
  indexOf.set(block, byName);
  return byName;
}

/** The directives of that name right inside the block. */
export function ownAll(block: Block, name: string): readonly Directive[] {
  return index(block).get(name) ?? [];
}

/** The directive of that name right inside the block; the last where it stands twice. */
export function own(block: Block, name: string): Directive | undefined {
  return index(block).get(name)?.at(-1);
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

/** The directives of any of these names right inside a block, in order; a block that has none is not walked. */
function ownAny(block: Block, names: readonly string[]): readonly Directive[] {
  const byName = index(block);
  const [first, ...more] = names.filter((name) => byName.has(name));
  if (first === undefined) return [];
  if (more.length === 0) return byName.get(first) ?? [];
  return block.directives.filter(({ name }) => names.includes(name));
}

/** The nearest block of a kind, the block itself included. */
export function enclosing(block: Block, kind: BlockKind): Block | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) {
    if (at.kind === kind) return at;
  }
  return undefined;
}

/** Every block below and including this one, outermost first, in reading order. */
export function* eachBlock(block: Block): Generator<Block> {
  const stack = [block];
  for (let at = stack.pop(); at; at = stack.pop()) {
    yield at;
    for (let child = at.blocks.length - 1; child >= 0; child--) {
      const next = at.blocks[child];
      if (next) stack.push(next);
    }
  }
}
