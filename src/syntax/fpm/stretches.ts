import type { Source, Span } from '../source.ts';
import type { FpmSection, FpmStretch } from './entry.ts';
import type { FpmLine } from './fpm-line.ts';

/** Where a header begins and ends in its file. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Makes the span of its header when asked for it: a host has ten thousand, and shows a handful. */
class WrittenStretch implements FpmStretch {
  readonly source: Source;
  readonly section: FpmSection;
  readonly lines: readonly FpmLine[];
  readonly line: number;
  readonly below: readonly number[];
  readonly isPlain: boolean;
  readonly #headerStart: number;
  readonly #headerEnd: number;

  constructor(
    source: Source,
    section: FpmSection,
    header: Extent | undefined,
    lines: readonly FpmLine[],
    line: number,
    below: readonly number[],
    isPlain: boolean,
  ) {
    this.source = source;
    this.section = section;
    this.lines = lines;
    this.line = line;
    this.below = below;
    this.isPlain = isPlain;
    this.#headerStart = header ? header.start : -1;
    this.#headerEnd = header ? header.end : -1;
  }

  get header(): Span | undefined {
    if (this.#headerStart === -1) return undefined;
    return { source: this.source, start: this.#headerStart, end: this.#headerEnd };
  }
}

/** Puts lines together to stretches while they are read. */
export interface StretchWriter {
  /** Begins a section with its header. */
  open(section: FpmSection, header: Extent, source: Source, line: number): void;
  /** Adds what lines say that stand right below each other to the section that is open there. */
  add(said: readonly FpmLine[], section: FpmSection, source: Source, line: number): void;
  /** How many lines there are so far. */
  readonly count: number;
  /** All stretches; nothing can be added afterwards. */
  finish(): readonly FpmStretch[];
}

/** Begins to put lines together. */
export function stretchWriter(): StretchWriter {
  const stretches: FpmStretch[] = [];
  /** In the stretches that have ended. */
  let count = 0;
  let source: Source | undefined;
  let section: FpmSection | undefined;
  let header: Extent | undefined;
  let first = 0;
  /** The lines of the stretch that is read, and how far below it they stand: the first `length` of each, so that room is made once. */
  const lines: FpmLine[] = [];
  const below: number[] = [];
  let length = 0;
  let isPlain = true;
  let belowBefore: readonly number[] = [];

  function end(): void {
    if (!source || !section) return;
    // The pools of a panel have their lines in the same places.
    if (!beginsWith(below, length, belowBefore)) belowBefore = below.slice(0, length);
    stretches.push(
      new WrittenStretch(source, section, header, lines.slice(0, length), first, belowBefore, isPlain),
    );
    count += length;
    length = 0;
    isPlain = true;
  }

  function begin(opened: FpmSection, at: Extent | undefined, from: Source, line: number): void {
    end();
    section = opened;
    source = from;
    header = at;
    first = line;
  }

  return {
    open: begin,
    add(said, opened, from, line) {
      if (opened !== section || from !== source) begin(opened, undefined, from, line);
      let next = line - first;
      for (const each of said) {
        lines[length] = each;
        below[length] = next++;
        length++;
        if (!each.isPlain) isPlain = false;
      }
    },
    get count() {
      return count + length;
    },
    finish() {
      end();
      return stretches;
    },
  };
}

/** Whether the first `length` numbers are just the others. */
function beginsWith(numbers: readonly number[], length: number, others: readonly number[]): boolean {
  if (length !== others.length) return false;
  for (let at = 0; at < length; at++) if (numbers[at] !== others[at]) return false;
  return true;
}
