import { ofKinds } from '../by-kind.ts';
import type { Pool } from './pool.ts';
import { type PoolKind, poolsByKind } from './pool-kind.ts';

/** The pools that set any of some directives, to whatever, in their order. Pools of a kind set the same. */
export function poolsSetting(pools: readonly Pool[], ...directives: readonly string[]): readonly Pool[] {
  return ofKinds(poolsByKind(pools), ({ one }) => directives.some((name) => one.section.sets(name)));
}

/**
 * The pools that may matter for what hangs on their kind and on their lines of some directives alone, in their order. Of neighbours that
 * say the same there, one speaks for the others: the pools of a panel often differ in their socket only.
 */
export function poolsSaying(
  pools: readonly Pool[],
  directives: readonly string[],
  mayMatter: (pool: Pool) => boolean,
): readonly Pool[] {
  const { kindAt } = poolsByKind(pools);
  const found: Pool[] = [];
  let speaker: Pool | undefined;
  let kind: PoolKind | undefined;
  let lines: readonly number[] = [];
  let matters = false;
  for (let at = 0; at < pools.length; at++) {
    const pool = pools[at];
    if (!pool) continue;
    if (!speaker || kindAt[at] !== kind || !saysSame(pool, speaker, lines)) {
      const { keys } = pool.section;
      speaker = pool;
      kind = kindAt[at];
      lines = directives.flatMap((name) => keys.directives.get(name) ?? []);
      matters = mayMatter(pool);
    }
    if (matters) found.push(pool);
  }
  return found;
}

/** Lines of the same text are one object in all pools. */
function saysSame({ section }: Pool, speaker: Pool, lines: readonly number[]): boolean {
  for (const line of lines) if (section.lines[line] !== speaker.section.lines[line]) return false;
  return true;
}
