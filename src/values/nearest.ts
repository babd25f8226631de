/**
 * The candidate that a person most likely meant: the one that the fewest typing mistakes (a character left out, put in,
 * replaced, or two swapped) turn into `word`, ignoring case, else the only one that begins with `word`. `undefined`
 * where none is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > TYPED_MAX) return undefined;
  const typed = word.toLowerCase();
  // A third of the word may be wrong: `of` is near to `off`, `on` is not.
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  let best: string | undefined;
  let fewest = allowed + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - typed.length) >= fewest) continue;
    const mistakes = distance(typed, candidate.toLowerCase());
    if (mistakes < fewest) {
      fewest = mistakes;
      best = candidate;
    }
  }
  return best ?? onlyLonger(typed, candidates);
}

/** Nobody mistypes a longer word, and comparing two takes the product of their lengths. */
const TYPED_MAX = 200;

function onlyLonger(typed: string, candidates: Iterable<string>): string | undefined {
  if (typed.length < 3) return undefined;
  const longer = [...candidates].filter((candidate) => candidate.toLowerCase().startsWith(typed));
  return longer.length === 1 ? longer[0] : undefined;
}

/** `; did you mean "memory"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

// Optimal string alignment: https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwapped =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
