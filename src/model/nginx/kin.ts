import type { Statement } from '../../syntax/nginx/statement.ts';
import { oncePer } from '../once-per.ts';
import { type Block, type BlockKind, namesOf } from './block.ts';
import { type Layout, statementAt } from './layout.ts';
import type { NameTable, Outline } from './outline.ts';

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

/** Finds the kin of one block after the other: the next one is most often of the same. */
export function kinFinder(): (block: Block) => Kin {
  let before: Block | undefined;
  let kin: Kin | undefined;
  return (block) => {
    if (!kin || !before || !areAkin(block, before)) kin = knownKin(block);
    before = block;
    return kin;
  };
}

function areAkin(block: Block, other: Block): boolean {
  let [one, two]: (Block | undefined)[] = [block, other];
  while (one !== two) {
    if (!one || !two || one.kind !== two.kind || namesOf(one) !== namesOf(two)) return false;
    one = one.parent;
    two = two.parent;
  }
  return true;
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

/**
 * Of a block and those inside of it, one of each kin: the first. Blocks whose outline is not wanted are left out with all inside of
 * them; neither they nor the others of a kin are made.
 */
export function oneOfEachKin(block: Block, isWanted: (outline: Outline) => boolean): readonly Block[] {
  const found = [block];
  for (const inner of differentInside(block, isWanted)) found.push(...oneOfEachKin(inner, isWanted));
  return found;
}

function differentInside(block: Block, isWanted: (outline: Outline) => boolean): readonly Block[] {
  const layouts = block.isAsLaidOut ? block.layout.inner : block.blocks.map(({ layout }) => layout);
  /** The names that open blocks of each outline; none where it is not wanted. */
  const openers = new Map<Outline, (string | undefined)[] | undefined>();
  const found: Block[] = [];
  layouts.forEach(({ outline, opener }, at) => {
    if (!openers.has(outline)) openers.set(outline, isWanted(outline) ? [] : undefined);
    const known = openers.get(outline);
    if (!known || known.includes(opener?.name)) return;
    known.push(opener?.name);
    const different = block.isAsLaidOut ? block.blockAt(at) : block.blocks[at];
    if (different) found.push(different);
  });
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

/**
 * What the directives of a name say that are in effect for some blocks of a kin; see `effectiveAll`. Where ten thousand sites include
 * one snippet, or write the same lines, it is one list; of few lists that blocks take turns in, one may come again. Empty where no such directive is in effect.
 */
export function settingsAmong(
  kin: Kin,
  blocks: readonly Block[],
  name: string,
): readonly (readonly Statement[])[] {
  const found: (readonly Statement[])[] = [];
  const steps = stepsOut(kin, name);
  if (steps === undefined) return found;
  /** The latest list that ends so: one to compare with is enough, and lists that end alike may be as many as the sites. */
  const byLast = new Map<Statement | undefined, readonly Statement[]>();
  let before: readonly Statement[] = [];
  for (const block of blocks) {
    const { outline, items } = blockAround(block, steps).layout;
    const places = outline.names.get(name) ?? [];
    if (areAt(places, items, before)) continue;
    before = places.map((at) => placedStatement(items, at));
    const last = before.at(-1);
    const known = byLast.get(last);
    byLast.set(last, before);
    if (!known || !areAt(places, items, known)) found.push(before);
  }
  return found;
}

function areAt(places: readonly number[], items: Layout['items'], statements: readonly Statement[]): boolean {
  if (places.length !== statements.length) return false;
  for (let at = 0; at < places.length; at++) {
    if (placedStatement(items, places[at] ?? 0) !== statements[at]) return false;
  }
  return true;
}

function placedStatement(items: Layout['items'], at: number): Statement {
  const statement = statementAt({ items }, at);
  if (!statement) throw new Error('an outline that is not that of its layout');
  return statement;
}

function blockAround(block: Block, steps: number): Block {
  let at = block;
  for (let step = 0; step < steps && at.parent; step++) at = at.parent;
  return at;
}
