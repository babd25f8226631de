import type { FpmValue } from './entry.ts';

/** What a line is, beside where its parts stand. */
export interface Said {
  /** The directive in lower case; an array's name as it is written. */
  readonly name: string;
  /** The value with `$pool` replaced. */
  readonly value: FpmValue;
  /** True where php-fpm refuses the line: its value must not be judged further. */
  readonly refused: boolean;
  /** True where key and value are of plain characters alone: no quotes, expressions, `#` or comments, and no blanks but around the `=`. */
  readonly isPlain: boolean;
}

/** Two offsets into the text of a file. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** What one line sets, apart from the file and the pool it stands in, so that pools which say the same can share it. */
export class FpmLine {
  readonly name: string;
  readonly value: FpmValue;
  readonly refused: boolean;
  readonly isPlain: boolean;
  /** What stands between the brackets of an array; `undefined` where it is none. */
  readonly arrayKey: FpmValue | undefined;
  // Offsets from the beginning of the line.
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly arrayKeyStart: number;
  readonly arrayKeyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;

  constructor(
    said: Said,
    lineStart: number,
    key: Place,
    offset: (Place & { readonly value: FpmValue }) | undefined,
    written: Place,
  ) {
    this.name = said.name;
    this.value = said.value;
    this.refused = said.refused;
    this.isPlain = said.isPlain;
    this.arrayKey = offset?.value;
    this.keyStart = key.start - lineStart;
    this.keyEnd = key.end - lineStart;
    this.arrayKeyStart = offset ? offset.start - lineStart : 0;
    this.arrayKeyEnd = offset ? offset.end - lineStart : 0;
    this.valueStart = written.start - lineStart;
    this.valueEnd = written.end - lineStart;
  }
}
