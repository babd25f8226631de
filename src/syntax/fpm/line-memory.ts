import type { FpmLine } from './fpm-line.ts';

/** So many lines are kept by their text, if they are no longer than this: ten thousand pools of one panel share a few dozen. */
const LINES_MAX = 4096;
const LENGTH_MAX = 256;

/** So many that followed one line: where each pool has a line of its own, such as the name of its log, it is of no use to keep them all. */
const FOLLOWERS_MAX = 256;

const NEWLINE = 10;

/** A line of pools that is remembered. */
interface KnownLine extends Place {
  readonly text: string;
  readonly said: FpmLine;
}

/** Where lines follow: another line, or the beginning. */
interface Place {
  /** The remembered line that followed the last time. */
  next: KnownLine | undefined;
  /** How many lines are remembered because they once followed. */
  followers: number;
}

/**
 * Remembers what lines of pools say by their text, if that is all there is to them, and in which order they stand. The pools of a panel say
 * the same in the same order: a line is compared in its place with the one that followed last time, before it is cut out and looked up.
 */
export class LineMemory {
  readonly #lines = new Map<string, KnownLine>();
  #last: Place = { next: undefined, followers: 0 };

  /** The line that begins there, where it is the one that followed the last time. */
  expected(text: string, start: number): KnownLine | undefined {
    const line = this.#last.next;
    if (!line) return undefined;
    const end = start + line.text.length;
    // Two strings are compared by words, the beginning of one by characters.
    if (text.slice(start, end) !== line.text) return undefined;
    if (end < text.length && text.charCodeAt(end) !== NEWLINE) return undefined;
    this.#last = line;
    return line;
  }

  /** What a line says, where it is remembered. Any other is passed over: what follows it follows the line above. */
  find(text: string): FpmLine | undefined {
    const line = this.#lines.get(text);
    if (!line) return undefined;
    this.#last.next = line;
    this.#last = line;
    return line.said;
  }

  /** Keeps what a line says that was not found, as far as there is room. */
  remember(text: string, said: FpmLine): void {
    if (this.#lines.size >= LINES_MAX || text.length > LENGTH_MAX) return;
    if (++this.#last.followers > FOLLOWERS_MAX) return;
    this.#lines.set(text, { text, said, next: undefined, followers: 0 });
  }
}
