import type { FpmLine } from '../../syntax/fpm/fpm-line.ts';
import { type ByKind, kindAmong, ofKinds, sortByKind } from '../by-kind.ts';
import { oncePer } from '../once-per.ts';
import type { KeyTable } from './key-table.ts';
import { isPhpSettingName } from './php-setting.ts';
import type { Pool } from './pool.ts';

/**
 * Pools that say the same in the same order, but for whose they are: the ten thousand of a panel differ in their user, their socket and
 * some paths. What is asked of all else is asked once, of one of them.
 */
export interface PoolKind {
  readonly one: Pool;
}

/** What the pools of a kind have in common, of all that rules ask. */
export type Alike = Pick<
  Pool,
  'pm' | 'maxChildren' | 'terminateTimeout' | 'limitExtensions' | 'listenMode' | 'listenBacklog' | 'phpDefine'
>;

/** Directives that say whose a pool is. */
const ownDirectives: ReadonlySet<string> = new Set([
  'user',
  'group',
  'listen',
  'listen.owner',
  'listen.group',
  'chdir',
  'slowlog',
  'access.log',
]);

/** So many kinds with the same keys are told apart; where there are more, each pool is a kind of its own. */
const KINDS_MAX = 32;

/** The pools of a master by their kind. */
export const poolsByKind = oncePer((pools: readonly Pool[]): ByKind<Pool, PoolKind> => {
  const byKeys = new Map<KeyTable, PoolKind[]>();
  let before: PoolKind | undefined;
  return sortByKind(pools, (pool) => {
    if (before && isAlike(before.one, pool)) return before;
    before = kindAmong(byKeys, pool.section.keys, {
      isMeant: ({ one }) => isAlike(one, pool),
      make: () => ({ one: pool }),
      most: KINDS_MAX,
    });
    return before;
  });
});

/** The pools of the kinds that may matter, in their order. */
export function poolsOfKinds(pools: readonly Pool[], mayMatter: (alike: Alike) => boolean): readonly Pool[] {
  return ofKinds(poolsByKind(pools), ({ one }) => mayMatter(one));
}

function isAlike({ section: one }: Pool, { section: other }: Pool): boolean {
  if (one.keys !== other.keys) return false;
  for (let at = 0; at < one.lines.length; at++) {
    const line = one.lines[at];
    const otherLine = other.lines[at];
    if (line !== otherLine && !(line && otherLine && mayDiffer(line) && mayDiffer(otherLine))) return false;
  }
  return true;
}

/** Whether a line does no more than say whose the pool is, and does so with a value that is known. */
function mayDiffer({ name, arrayKey, value, refused }: FpmLine): boolean {
  if (refused || value.kind === 'unknown' || value.text === '') return false;
  if (!arrayKey) return ownDirectives.has(name);
  return name === 'env' || (arrayKey.kind === 'known' && !isPhpSettingName(arrayKey.text));
}
