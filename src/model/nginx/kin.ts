import type { Directive } from '../../syntax/nginx/tree.ts';
import { oncePer } from '../once-per.ts';
import { type Block, type BlockKind, namesOf, own } from './block.ts';
import type { NameTable } from './outline.ts';

/**
 * Blocks of one kind that have the same names in the same order, and so have the blocks around them, out to the outermost. The
 * sites of a panel are written alike: whether a directive is in effect for any of ten thousand locations is asked once, of their kin.
 */
export interface Kin {
  readonly kind: BlockKind;
  readonly names: NameTable;
  /** The kin of the blocks around these; absent for the outermost block. */
  readonly outer: Kin | undefined;
}

interface Known extends Kin {
  /** The kins right inside that were asked for, by the names of their blocks: one of each kind of block. */
  readonly inner: Map<NameTable, Known[]>;
}

/** The kin of a block: the same object for all that are of it. */
export function kinOf(block: Block): Kin {
  return knownKin(block);
}

function knownKin(block: Block): Known {
  const { parent, kind } = block;
  if (!parent) return outermostKin(block);
  const outer = knownKin(parent);
  const names = namesOf(block);
  const alike = outer.inner.get(names);
  if (alike) for (const kin of alike) if (kin.kind === kind) return kin;
  const kin: Known = { kind, names, outer, inner: new Map() };
  if (alike) alike.push(kin);
  else outer.inner.set(names, [kin]);
  return kin;
}

const outermostKin = oncePer(
  (block: Block): Known => ({
    kind: block.kind,
    names: namesOf(block),
    outer: undefined,
    inner: new Map(),
  }),
);

/** Blocks by their kin. */
export function byKin(blocks: Iterable<Block>): ReadonlyMap<Kin, readonly Block[]> {
  const found = new Map<Kin, Block[]>();
  for (const block of blocks) {
    const kin = kinOf(block);
    const alike = found.get(kin);
    if (alike) alike.push(block);
    else found.set(kin, [block]);
  }
  return found;
}

/** How many blocks further out than these the nearest directive of that name stands; `undefined` where there is none. */
function stepsOut(kin: Kin, name: string): number | undefined {
  let steps = 0;
  for (let at: Kin | undefined = kin; at; at = at.outer) {
    if (at.names.has(name)) return steps;
    steps++;
  }
  return undefined;
}

/** Whether a directive of that name stands in the blocks, or around them. */
export function isSetFor(kin: Kin, name: string): boolean {
  return stepsOut(kin, name) !== undefined;
}

/** How many directives of a name that inherits all or nothing are in effect for each of the blocks; see `effectiveAll`. */
export function countFor(kin: Kin, name: string): number {
  for (let at: Kin | undefined = kin; at; at = at.outer) {
    const places = at.names.get(name);
    if (places) return places.length;
  }
  return 0;
}

/**
 * The directives of a name that inherits which are in effect for some blocks of a kin, each once; see `effective`. Of a snippet
 * that ten thousand sites include it is one.
 */
export function settingsAmong(kin: Kin, blocks: readonly Block[], name: string): ReadonlySet<Directive> {
  const found = new Set<Directive>();
  const steps = stepsOut(kin, name);
  if (steps === undefined) return found;
  let last: Directive | undefined;
  for (const block of blocks) {
    const directive = own(blockAround(block, steps), name);
    // The one of a snippet comes again and again.
    if (directive && directive !== last) found.add(directive);
    last = directive;
  }
  return found;
}

function blockAround(block: Block, steps: number): Block {
  let at = block;
  for (let step = 0; step < steps && at.parent; step++) at = at.parent;
  return at;
}
