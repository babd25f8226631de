/** Numbers that look random and come again with the same seed. */
export interface Random {
  /** An integer from 0 up to but not including `below`. */
  below(below: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  /** One of these; the list must not be empty. */
  pick<Item>(items: readonly Item[]): Item;
}

/** Begins a sequence. Mulberry32: fast, and good enough to find bugs with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  return {
    below,
    once: (times) => below(times) === 0,
    pick(items) {
      const at = below(items.length);
      for (const item of items.slice(at, at + 1)) return item;
      throw new Error('nothing to pick from');
    },
  };
}

/** The seed of one input of a target, so that each can be made again without those before it. */
export function seedOf(seed: number, target: string, number: number): number {
  let hash = seed ^ 0x9e3779b9;
  for (let at = 0; at < target.length; at++) hash = Math.imul(hash ^ target.charCodeAt(at), 0x01000193);
  return Math.imul(hash ^ number, 0x85ebca6b) ^ (number >>> 3);
}
