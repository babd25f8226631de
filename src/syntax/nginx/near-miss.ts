import type { NginxContext } from './contexts.ts';
import { directiveNames, formsOf, standsIn } from './directives.ts';

/** Shorter names differ from each other too little for a second slip to be told from another word. */
const TWO_SLIPS_FROM = 9;

/**
 * The directive that was most likely meant where `name` was written in a context: one slip away (a letter more,
 * less, another, or two swapped), two in a long name, or the same but for case or characters nobody can see.
 */
export function nearMiss(name: string, context: NginxContext): string | undefined {
  const key = `${context} ${name}`;
  const before = remembered.get(key);
  if (before !== undefined || remembered.has(key)) return before;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  const found = findNearMiss(name, context);
  remembered.set(key, found);
  return found;
}

/** All sites of a host have the same slip, where it comes from what they were made of. */
const remembered = new Map<string, string | undefined>();
const REMEMBERED_MAX = 1000;

function findNearMiss(name: string, context: NginxContext): string | undefined {
  const plain = name.replace(/[^\x21-\x7e]/g, '').toLowerCase();
  if (plain !== name && isKnown(plain, context)) return plain;
  if (name.length < 4) return undefined;
  const slips = name.length >= TWO_SLIPS_FROM ? 2 : 1;
  let best: string | undefined;
  let bestDistance = slips + 1;
  for (const candidate of directiveNames()) {
    if (candidate.length < 4 || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = slipsBetween(name, candidate, bestDistance);
    if (distance >= bestDistance || !isKnown(candidate, context)) continue;
    if (distance === 2 && candidate.charAt(0) !== name.charAt(0)) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

function isKnown(name: string, context: NginxContext): boolean {
  return formsOf(name).some((form) => standsIn(form, context) && form.moduleKind !== 'plus');
}

/** The optimal string alignment distance of two words, or `limit` where it is that or more. */
export function slipsBetween(a: string, b: string, limit: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (swapped) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
