import type { Host } from '../load.ts';
import { type Candidate, hashOf } from './candidate.ts';
import { nginxCandidates } from './nginx.ts';
import { poolCandidates } from './pools.ts';
import { randomFrom, shuffled } from './random.ts';
import { systemCandidates } from './system.ts';
import { textCandidates } from './text.ts';

/** A candidate that was drawn, with the name of its tree. */
export interface Mutant extends Candidate {
  readonly host: string;
  readonly id: string;
}

/**
 * Draws so many mutants of a host: first one of each kind of change, then another of each, and so on, in an order that
 * the seed decides. Changes that leave the host as it is, or make one that was drawn already, do not count.
 */
export async function drawMutants(host: Host, count: number, seed: number): Promise<readonly Mutant[]> {
  const { tree } = host;
  const candidates = [
    ...textCandidates(tree),
    ...(await nginxCandidates(tree)),
    ...poolCandidates(tree),
    ...systemCandidates(tree),
  ];
  const random = randomFrom(seed);
  const kinds = new Map<string, Candidate[]>();
  for (const candidate of shuffled(candidates, random)) {
    kinds.set(candidate.operator, [...(kinds.get(candidate.operator) ?? []), candidate]);
  }
  const rounds = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, drawn]) => drawn);
  const seen = new Set([hashOf(tree)]);
  const mutants: Mutant[] = [];
  for (let round = 0; mutants.length < count && rounds.some((drawn) => round < drawn.length); round++) {
    for (const drawn of rounds) {
      const candidate = drawn[round];
      if (!candidate || mutants.length === count) continue;
      const id = hashOf(candidate.tree);
      if (seen.has(id)) continue;
      seen.add(id);
      mutants.push({ ...candidate, host: host.name, id });
    }
  }
  return mutants;
}
