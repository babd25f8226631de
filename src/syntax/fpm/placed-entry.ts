import type { Source, Span } from '../source.ts';
import type { FpmEntry, FpmSection, FpmValue } from './entry.ts';

/** Two offsets into the source of an entry. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** What an entry is, beside where it stands. */
interface Said {
  readonly source: Source;
  readonly section: FpmSection;
  readonly name: string;
  readonly value: FpmValue;
  readonly line: number;
  readonly refused: boolean;
}

/** An entry that makes its spans when they are asked for: a host has some hundred thousand, and shows a handful. */
export class PlacedEntry implements FpmEntry {
  readonly source: Source;
  readonly section: FpmSection;
  readonly name: string;
  readonly value: FpmValue;
  readonly line: number;
  readonly refused: boolean;
  readonly #keyStart: number;
  readonly #keyEnd: number;
  readonly #valueStart: number;
  readonly #valueEnd: number;

  constructor({ source, section, name, value, line, refused }: Said, key: Place, written: Place) {
    this.source = source;
    this.section = section;
    this.name = name;
    this.value = value;
    this.line = line;
    this.refused = refused;
    this.#keyStart = key.start;
    this.#keyEnd = key.end;
    this.#valueStart = written.start;
    this.#valueEnd = written.end;
  }

  get keySpan(): Span {
    return { source: this.source, start: this.#keyStart, end: this.#keyEnd };
  }

  get valueSpan(): Span {
    return { source: this.source, start: this.#valueStart, end: this.#valueEnd };
  }
}

/** One of an array: `php_admin_value[memory_limit] = 64M`. */
export class PlacedElement extends PlacedEntry {
  readonly arrayKey: FpmValue;
  readonly #offsetStart: number;
  readonly #offsetEnd: number;

  constructor(said: Said, key: Place, offset: Place & { readonly value: FpmValue }, written: Place) {
    super(said, key, written);
    this.arrayKey = offset.value;
    this.#offsetStart = offset.start;
    this.#offsetEnd = offset.end;
  }

  get arrayKeySpan(): Span {
    return { source: this.source, start: this.#offsetStart, end: this.#offsetEnd };
  }
}
