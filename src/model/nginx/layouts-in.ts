import { oncePer } from '../once-per.ts';
import type { Block } from './block.ts';
import { type Layout, statementOf } from './layout.ts';
import type { Outline } from './outline.ts';

/** The layouts of a block and of those inside of it by their outline, each once however many blocks have it. */
export const layoutsIn = oncePer((block: Block): ReadonlyMap<Outline, readonly Layout[]> => {
  const found = new Map<Outline, Layout[]>();
  const seen = new Set<Layout>();
  const visit = (layout: Layout): void => {
    if (seen.has(layout)) return;
    seen.add(layout);
    const alike = found.get(layout.outline);
    if (alike) alike.push(layout);
    else found.set(layout.outline, [layout]);
    for (const inner of layout.inner) visit(inner);
  };
  const visitBlock = (at: Block): void => {
    visit(at.layout);
    if (!at.isAsLaidOut) for (const inner of at.blocks) visitBlock(inner);
  };
  visitBlock(block);
  return found;
});

/**
 * Whether the directive of a name that is in effect in a block says the same in all blocks of its kin inside of `root`; see
 * `effective`. True where none is in effect.
 */
export function isSaidAlike(block: Block, name: string, root: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const { outline } = at.layout;
    const place = outline.names.get(name)?.at(-1);
    if (place !== undefined) return areAlike(layoutsIn(root).get(outline) ?? [], place);
  }
  return true;
}

function areAlike(layouts: readonly Layout[], place: number): boolean {
  const first = layouts[0]?.items[place];
  if (!first) return true;
  const said = statementOf(first);
  for (const { items } of layouts) {
    const item = items[place];
    if (item !== first && item && statementOf(item) !== said) return false;
  }
  return true;
}
