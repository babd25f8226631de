import type { FpmEntry, FpmStretch } from '../../syntax/fpm/entry.ts';
import {
  type Parsed,
  type ProcessManager,
  parseBoolean,
  parseCoreLimit,
  parseInteger,
  parseLogLevel,
  parseProcessManager,
  parseSyslogFacility,
  parseTime,
} from '../../syntax/fpm/value.ts';
import type { Span } from '../../syntax/source.ts';
import { SectionLines } from './section-lines.ts';

/** One setting in effect, and where it comes from. */
export type Setting<T> = DefaultSetting<T> | GivenSetting<T> | UnknownSetting;

/** Nothing sets it: php-fpm's own default. */
export interface DefaultSetting<T> {
  readonly kind: 'default';
  readonly value: T;
}

/** A line sets it. */
export interface GivenSetting<T> {
  readonly kind: 'given';
  readonly value: T;
  /** As the line has it, before it becomes a number, a full path and so on. */
  readonly text: string;
  /** Where the value stands; where the key stands when there is none. */
  readonly span: Span;
}

/** A line sets it, to something that only the running server knows, or that php-fpm refuses. */
export interface UnknownSetting {
  readonly kind: 'unknown';
  readonly why: string;
  readonly text: string;
  /** Absent where what decides it was not given, such as php.ini. */
  readonly span?: Span;
}

/** The value in effect; `undefined` where it is unknown, and where it is set to nothing. */
export function knownValue<T>(setting: Setting<T>): T | undefined {
  return setting.kind === 'unknown' ? undefined : setting.value;
}

/** Where a setting is written; `undefined` for defaults. */
export function spanOf(setting: Setting<unknown>): Span | undefined {
  return setting.kind === 'default' ? undefined : setting.span;
}

/** The same setting with its value changed, if it has one. */
export function mapSetting<T, U>(setting: Setting<T>, change: (value: T) => U): Setting<U> {
  switch (setting.kind) {
    case 'unknown':
      return setting;
    case 'default':
      return { kind: 'default', value: change(setting.value) };
    case 'given':
      return given(change(setting.value), setting.text, setting);
    default:
      return setting satisfies never;
  }
}

/** A setting that a line gives, which works out where it stands when asked. */
export function given<T>(value: T, text: string, at: Placed): GivenSetting<T> {
  return new PlacedSetting(value, text, at);
}

/** Knows where something is written. */
interface Placed {
  readonly span: Span;
}

/** Ten thousand pools set some hundred thousand, of which a handful are shown. */
class PlacedSetting<T> implements GivenSetting<T> {
  readonly kind = 'given';
  readonly value: T;
  readonly text: string;
  readonly #at: Placed;

  constructor(value: T, text: string, at: Placed) {
    this.value = value;
    this.text = text;
    this.#at = at;
  }

  get span(): Span {
    return this.#at.span;
  }
}

const defaults = new Map<unknown, DefaultSetting<unknown>>();

/** Most settings of most pools are defaults: those of one value share an object. Defaults are few, as the code names them. */
function defaultOf<T>(value: T): Setting<T> {
  const known = defaults.get(value);
  if (known) return known as DefaultSetting<T>;
  const made: DefaultSetting<T> = { kind: 'default', value };
  defaults.set(value, made);
  return made;
}

/** The settings of one section by name: of several lines the last one counts. */
export class Settings extends SectionLines {
  readonly #version: string | undefined;

  constructor(stretches: readonly FpmStretch[], version: string | undefined) {
    super(stretches);
    this.#version = version;
  }

  /** `undefined` where nothing sets it; an empty text is a value of its own. */
  text(name: string): Setting<string | undefined> {
    return this.sets(name) ? read<string, undefined>(this, name, undefined, asItIs) : unset;
  }

  integer(name: string, fallback: number): Setting<number> {
    return read(this, name, fallback, parseInteger);
  }

  /** `undefined` where nothing sets it. */
  optionalInteger(name: string): Setting<number | undefined> {
    return read<number, undefined>(this, name, undefined, parseInteger);
  }

  /** In seconds. */
  seconds(name: string, fallback: number): Setting<number> {
    return read(this, name, fallback, parseTime);
  }

  boolean(name: string, fallback: boolean): Setting<boolean> {
    return read(this, name, fallback, (text) => parseBoolean(text, this.#version));
  }

  processManager(name: string): Setting<ProcessManager | undefined> {
    return read<ProcessManager, undefined>(this, name, undefined, parseProcessManager);
  }

  logLevel(name: string, fallback: string): Setting<string> {
    return read(this, name, fallback, parseLogLevel);
  }

  coreLimit(name: string): Setting<number> {
    return read(this, name, 0, parseCoreLimit);
  }

  syslogFacility(name: string, fallback: number): Setting<number> {
    return read(this, name, fallback, parseSyslogFacility);
  }
}

function read<T, D>(
  section: SectionLines,
  name: string,
  fallback: D,
  parse: (text: string) => Parsed<T>,
): Setting<T | D> {
  const index = section.keys.directives.get(name);
  const line = index === undefined ? undefined : section.lines[index];
  if (index === undefined || !line) return defaultOf(fallback);
  const { text } = line.value;
  const at = new LinePlace(section, index);
  if (line.value.kind === 'unknown') return { kind: 'unknown', why: line.value.why, text, span: at.span };
  const parsed = parse(text);
  if (parsed.kind === 'error' || line.refused) {
    return { kind: 'unknown', why: 'php-fpm does not take the value', text, span: at.span };
  }
  return given(parsed.value, text, at);
}

/** Where a line of a section stands. */
class LinePlace implements Placed {
  readonly #section: SectionLines;
  readonly #index: number;

  constructor(section: SectionLines, index: number) {
    this.#section = section;
    this.#index = index;
  }

  get span(): Span {
    return placeOf(this.#section.entry(this.#index));
  }
}

const unset = defaultOf<string | undefined>(undefined);

function asItIs(value: string): Parsed<string> {
  return { kind: 'ok', value };
}

/** Where to point at an entry: its value, or its key where it has none. */
export function placeOf(entry: FpmEntry): Span {
  const { valueSpan } = entry;
  return valueSpan.end > valueSpan.start ? valueSpan : entry.keySpan;
}
