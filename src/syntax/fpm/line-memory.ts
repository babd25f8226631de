import type { FpmLine } from './fpm-line.ts';

/** So many lines are kept by their text, if they are no longer than this: ten thousand pools of one panel share a few dozen. */
const LINES_MAX = 4096;
const LENGTH_MAX = 256;

const NEWLINE = 10;

/** A line of pools, what it says, and the line that followed the last time. */
interface KnownLine {
  readonly text: string;
  readonly said: FpmLine;
  next: KnownLine | undefined;
}

/**
 * Remembers what lines of pools say by their text, if that is all there is to them. The pools of a panel say the same in the same order, so
 * each line is compared in its place with the one that followed last time, before it is cut out and looked up.
 */
export class LineMemory {
  readonly #lines = new Map<string, KnownLine>();
  #last: KnownLine | undefined;

  /** The line that begins there, where it is the one that followed the last time. */
  expected(text: string, start: number): KnownLine | undefined {
    const line = this.#last?.next;
    if (!line || !text.startsWith(line.text, start)) return undefined;
    const end = start + line.text.length;
    if (end < text.length && text.charCodeAt(end) !== NEWLINE) return undefined;
    this.#last = line;
    return line;
  }

  /** What a line says, where it is remembered. */
  find(text: string): FpmLine | undefined {
    const line = this.#lines.get(text);
    if (line) this.#follow(line);
    return line?.said;
  }

  /** Keeps what a line says, as far as there is room. */
  remember(text: string, said: FpmLine): void {
    if (this.#lines.size >= LINES_MAX || text.length > LENGTH_MAX) return;
    const line: KnownLine = { text, said, next: undefined };
    this.#lines.set(text, line);
    this.#follow(line);
  }

  /** Lines that only one pool has are passed over: what follows them follows the line above. */
  #follow(line: KnownLine): void {
    if (this.#last) this.#last.next = line;
    this.#last = line;
  }
}
