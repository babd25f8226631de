import type { Source, Span } from '../source.ts';
import type { ZendValue } from '../zend/value.ts';
import type { FpmLine } from './fpm-line.ts';

/** A value of a pool file: what php-fpm reads, or why only the running server could know it. */
export type FpmValue = ZendValue;

/** One line that sets something. */
export interface FpmEntry {
  readonly source: Source;
  readonly section: FpmSection;
  /** The directive in lower case; an array's name as it is written. */
  readonly name: string;
  /** Where the key stands, without the brackets of an array. */
  readonly keySpan: Span;
  /** What stands between the brackets of an array: `memory_limit` of `php_admin_value[memory_limit]`; `undefined` where it is none. */
  readonly arrayKey: FpmValue | undefined;
  readonly arrayKeySpan: Span | undefined;
  /** The value with `$pool` replaced. */
  readonly value: FpmValue;
  /** Where the value stands, quotes included; empty where there is none. */
  readonly valueSpan: Span;
  /** The line in its own file, from 1. */
  readonly line: number;
  /** True where php-fpm refuses the entry: its value must not be judged further. */
  readonly refused: boolean;
}

/** The section that is open where an entry stands. */
export type FpmSection =
  | { readonly kind: 'global' }
  | {
      readonly kind: 'pool';
      /** As php-fpm keeps it: as the pool's first header has it. */
      readonly name: string;
    }
  | {
      /** It cannot be told: the header is broken or stands in a file that was not given. */
      readonly kind: 'lost';
    };

/** One `[section]` line. */
export interface FpmHeader {
  readonly section: FpmSection;
  readonly span: Span;
}

/**
 * The lines of one section in one file, from its header, or from where a file goes on with a section that another one has opened.
 * Most of them are shared with the pools that say the same, so that no object stands for a line of one pool alone; {@link entryOf}
 * makes one.
 */
export interface FpmStretch {
  readonly source: Source;
  readonly section: FpmSection;
  /** Where its header stands; absent where another file has opened the section. */
  readonly header: Span | undefined;
  readonly lines: readonly FpmLine[];
  /** The line of the header, or the first one, counted from 1. */
  readonly line: number;
  /** How far below it each of the lines stands. */
  readonly below: readonly number[];
  /** True where each of the lines is of plain characters alone. */
  readonly isPlain: boolean;
}

/** One `include` and what it brought. */
export interface FpmInclude {
  readonly span: Span;
  /** The pattern as php-fpm globs it: absolute. */
  readonly pattern: string;
  readonly files: readonly Source[];
}

/** All that a master reads, in reading order. */
export interface FpmConfig {
  readonly main: Source;
  /** The main file, then every included one each time it is read. */
  readonly files: readonly Source[];
  /** All sections, stretch by stretch. */
  readonly stretches: readonly FpmStretch[];
  /** The headers of all stretches, made when asked for. */
  readonly headers: readonly FpmHeader[];
  /** The lines of all stretches, made when asked for. */
  readonly entries: readonly FpmEntry[];
  readonly includes: readonly FpmInclude[];
  /** Names of the pools in the order php-fpm opens them. */
  readonly pools: readonly string[];
}
