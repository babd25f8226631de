import type { FpmLine } from './fpm-line.ts';

/** So many lines are kept by their text, if they are no longer than this: ten thousand pools of one panel share a few dozen. */
const LINES_MAX = 4096;
const LENGTH_MAX = 256;

/** So many that followed one line: where each pool has a line of its own, such as the name of its log, it is of no use to keep them all. */
const FOLLOWERS_MAX = 256;

/** So many lines are compared at once. */
const RUN_MAX = 64;

const NEWLINE = 10;

/** Where lines follow: behind another one, or at the beginning. */
interface Place {
  /** What followed the last time, as far as it is remembered. */
  next: Run | undefined;
  /** How many lines are remembered because they once followed. */
  followers: number;
}

/** Lines that stand right below each other. */
export interface Run {
  /** All of them, without the end of the last line. */
  readonly text: string;
  readonly lines: readonly FpmLine[];
  /** Where lines follow it. */
  readonly end: Place;
}

/** One line that is remembered. */
class KnownLine implements Run, Place {
  readonly text: string;
  readonly lines: readonly FpmLine[];
  readonly end = this;
  next: Run | undefined;
  followers = 0;

  constructor(text: string, said: FpmLine) {
    this.text = text;
    this.lines = [said];
  }
}

/**
 * Remembers what lines of pools say by their text, if that is all there is to them, and in which order they stand. The pools of a panel say
 * the same in the same order: lines are compared in their place with those that followed last time, before one is cut out and looked up.
 */
export class LineMemory {
  readonly #known = new Map<string, KnownLine>();
  #place: Place = { next: undefined, followers: 0 };
  /** The run that was met last, behind which place, and where in which text. */
  #run: Run | undefined;
  #behind = this.#place;
  #text = '';
  #start = 0;
  #end = 0;

  /** The lines that begin there, where they are those that followed the last time. */
  expected(text: string, start: number): Run | undefined {
    const place = this.#place;
    const run = place.next;
    if (!run) return undefined;
    const end = start + run.text.length;
    // Two strings are compared by words, the beginning of one by characters.
    if (text.slice(start, end) !== run.text) return undefined;
    if (end < text.length && text.charCodeAt(end) !== NEWLINE) return undefined;
    this.#place = run.end;
    this.#meet(run, place, text, start, end);
    return run;
  }

  /** The line of this text, where it is remembered. Any other is passed over: what follows it follows the line above. */
  find(text: string): Run | undefined {
    const line = this.#known.get(text);
    if (!line) return undefined;
    this.#place.next = line;
    this.#place = line;
    return line;
  }

  /** Keeps what a line says that was not found, as far as there is room. */
  remember(text: string, said: FpmLine): void {
    if (this.#known.size >= LINES_MAX || text.length > LENGTH_MAX) return;
    if (++this.#place.followers <= FOLLOWERS_MAX) this.#known.set(text, new KnownLine(text, said));
  }

  /** Joins a run to the one that was met right above it, so that both are met at once the next time. */
  #meet(run: Run, behind: Place, text: string, start: number, end: number): void {
    const above = start === this.#end + 1 && text === this.#text ? this.#run : undefined;
    if (above && above.lines.length + run.lines.length <= RUN_MAX) {
      const lines = [...above.lines, ...run.lines];
      this.#run = { text: text.slice(this.#start, end), lines, end: run.end };
      this.#behind.next = this.#run;
    } else {
      this.#run = run;
      this.#behind = behind;
      this.#text = text;
      this.#start = start;
    }
    this.#end = end;
  }
}
