import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCorpus } from './corpus.ts';
import { failureOf, inputOf } from './fuzz-run.ts';
import type { FuzzInput } from './target.ts';
import { allTargets } from './targets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const seeds = fileURLToPath(new URL('./seeds', import.meta.url));

// Without the public corpus, so that all machines try the same.
const targets = allTargets(readCorpus(root, { isPublic: false }));

/** So many inputs of a target whose share is 1 take a few milliseconds. */
const inputsForShare = 40;

describe('random inputs', () => {
  it.each(targets)('$name', async (target) => {
    const failures: unknown[] = [];
    for (let number = 0; number < target.share * inputsForShare && failures.length === 0; number++) {
      const input = inputOf(target, 502, number);
      const message = await failureOf(target, input);
      if (message !== undefined) failures.push({ number, input, message });
    }
    expect(failures).toEqual([]);
  });

  it('are the same for the same seed', () => {
    for (const target of targets) expect(inputOf(target, 7, 3)).toEqual(inputOf(target, 7, 3));
  });
});

/** Inputs that once failed: `npm run fuzz` writes them to `failed`, and a fix moves them here. */
const kept: readonly (readonly [string, { target: string; input: FuzzInput }])[] = existsSync(seeds)
  ? readdirSync(seeds).map((name) => [name, JSON.parse(readFileSync(`${seeds}/${name}`, 'utf8'))])
  : [];

describe('what once failed', () => {
  it.each(kept)('%s', async (_, { target: name, input }) => {
    const target = targets.find((each) => each.name === name);
    expect(target).toBeDefined();
    expect(target && (await failureOf(target, input))).toBeUndefined();
  });
});
