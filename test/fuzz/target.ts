import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import type { Random } from './random.ts';

/** What is fed to a target. All of it can be written as JSON. */
export interface FuzzInput {
  readonly text: string;
  /** A tree, where the target reads one: absolute paths, and text or a link. */
  readonly files?: Readonly<Record<string, FuzzFile>>;
  /** A call, where the target is the command. */
  readonly argv?: readonly string[];
}

/** One entry of a tree. */
export type FuzzFile = Extract<MemoryEntry, string | { readonly link: string }>;

/** A part of no502 that must stand any input. */
export interface Target {
  readonly name: string;
  /** How many of a thousand inputs go to it, where all targets are run: the more, the faster it is. */
  readonly share: number;
  make(random: Random): FuzzInput;
  /** Throws where something does not hold that must. */
  check(input: FuzzInput): void | Promise<void>;
}

/** Something that must hold and does not. */
export class Violation extends Error {}

/** @throws Violation where `condition` is false. */
export function must(condition: boolean, what: string): void {
  if (!condition) throw new Violation(what);
}
