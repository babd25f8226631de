import { randomFrom, seedOf } from './random.ts';
import type { FuzzInput, Target } from './target.ts';

/** Something that does not hold, and the input that shows it. */
export interface Failure {
  readonly target: string;
  readonly seed: number;
  /** The number of the input: with the seed it can be made again. */
  readonly number: number;
  readonly input: FuzzInput;
  readonly message: string;
}

/** The input of a target that has this number. */
export function inputOf(target: Target, seed: number, number: number): FuzzInput {
  return target.make(randomFrom(seedOf(seed, target.name, number)));
}

/** Why a target does not stand an input; nothing where it does. */
export async function failureOf(target: Target, input: FuzzInput): Promise<string | undefined> {
  try {
    // Most targets answer at once, and to wait for each would take as long as they do.
    const answer = target.check(input);
    if (answer) await answer;
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Shortens an input for as long as it still fails; so many attempts are made. */
export async function shortened(target: Target, input: FuzzInput, attempts = 400): Promise<FuzzInput> {
  let best = input;
  let left = attempts;
  const isWorse = async (candidate: FuzzInput): Promise<boolean> => {
    if (left-- <= 0 || (await failureOf(target, candidate)) === undefined) return false;
    best = candidate;
    return true;
  };
  for (const path of Object.keys(input.files ?? {})) {
    const { [path]: _, ...files } = best.files ?? {};
    await isWorse({ ...best, files });
  }
  best = { ...best, text: await shorter(best.text, (text) => isWorse({ ...best, text })) };
  for (const [path, held] of Object.entries(best.files ?? {})) {
    if (typeof held === 'string')
      await shorter(held, (text) => isWorse({ ...best, files: { ...best.files, [path]: text } }));
  }
  return best;
}

/** Takes ever smaller stretches out. */
async function shorter(text: string, isWorse: (text: string) => Promise<boolean>): Promise<string> {
  let best = text;
  for (let size = best.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < best.length; ) {
      const candidate = best.slice(0, at) + best.slice(at + size);
      if (await isWorse(candidate)) best = candidate;
      else at += size;
    }
  }
  return best;
}
