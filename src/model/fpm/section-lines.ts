import type { FpmEntry, FpmStretch } from '../../syntax/fpm/entry.ts';
import type { FpmLine } from '../../syntax/fpm/fpm-line.ts';
import { entriesOf, entryOf } from '../../syntax/fpm/placed-entry.ts';
import type { Span } from '../../syntax/source.ts';
import { type KeyTable, keyTableOf } from './key-table.ts';

/** The lines of one pool, or of `[global]`, from all its stretches in reading order. */
export class SectionLines {
  readonly stretches: readonly FpmStretch[];
  /** What they say, without where. */
  readonly lines: readonly FpmLine[];
  readonly keys: KeyTable;

  constructor(stretches: readonly FpmStretch[]) {
    const [first] = stretches;
    this.stretches = stretches;
    this.lines = stretches.length === 1 && first ? first.lines : stretches.flatMap(({ lines }) => lines);
    this.keys = keyTableOf(this.lines);
  }

  /** Whether any line sets a directive, to whatever. */
  sets(name: string): boolean {
    return this.keys.directives.has(name);
  }

  get headers(): readonly Span[] {
    return this.stretches.flatMap(({ header }) => header ?? []);
  }

  get entries(): readonly FpmEntry[] {
    return entriesOf(this.stretches);
  }

  /**
   * One of the lines where it stands.
   *
   * @throws RangeError where there is no such line.
   */
  entry(index: number): FpmEntry {
    let before = 0;
    for (const stretch of this.stretches) {
      if (index < before + stretch.lines.length) return entryOf(stretch, index - before);
      before += stretch.lines.length;
    }
    throw new RangeError(`there is no line ${index} in the section`);
  }

  /** Some of the lines where they stand. */
  entriesAt(indexes: readonly number[] | undefined): readonly FpmEntry[] {
    if (!indexes) return [];
    const { entries } = this;
    return indexes.flatMap((index) => entries[index] ?? []);
  }
}
