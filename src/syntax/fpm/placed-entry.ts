import { type Source, type Span, startOfLine } from '../source.ts';
import type { FpmEntry, FpmSection, FpmStretch, FpmValue } from './entry.ts';
import type { FpmLine } from './fpm-line.ts';

/**
 * One line of a stretch, by its number from 0.
 *
 * @throws RangeError where the stretch has no such line.
 */
export function entryOf(stretch: FpmStretch, index: number): FpmEntry {
  const line = stretch.lines[index];
  if (!line) throw new RangeError(`there is no line ${index} in the section`);
  return new PlacedEntry(line, stretch, index);
}

/** All lines of some stretches, in order. */
export function entriesOf(stretches: readonly FpmStretch[]): readonly FpmEntry[] {
  return stretches.flatMap((stretch) =>
    stretch.lines.map((line, index) => new PlacedEntry(line, stretch, index)),
  );
}

/** A line where it stands. Its spans are made when asked for: a host has some hundred thousand, and shows a handful. */
class PlacedEntry implements FpmEntry {
  readonly #said: FpmLine;
  readonly #stretch: FpmStretch;
  readonly line: number;

  constructor(said: FpmLine, stretch: FpmStretch, index: number) {
    this.#said = said;
    this.#stretch = stretch;
    this.line = stretch.line + (stretch.below[index] ?? 0);
  }

  get source(): Source {
    return this.#stretch.source;
  }

  get section(): FpmSection {
    return this.#stretch.section;
  }

  get name(): string {
    return this.#said.name;
  }

  get value(): FpmValue {
    return this.#said.value;
  }

  get refused(): boolean {
    return this.#said.refused;
  }

  get arrayKey(): FpmValue | undefined {
    return this.#said.arrayKey;
  }

  get keySpan(): Span {
    return this.#spanOf(this.#said.keyStart, this.#said.keyEnd);
  }

  get arrayKeySpan(): Span | undefined {
    return this.arrayKey && this.#spanOf(this.#said.arrayKeyStart, this.#said.arrayKeyEnd);
  }

  get valueSpan(): Span {
    return this.#spanOf(this.#said.valueStart, this.#said.valueEnd);
  }

  #spanOf(start: number, end: number): Span {
    const lineStart = startOfLine(this.source, this.line);
    return { source: this.source, start: lineStart + start, end: lineStart + end };
  }
}
