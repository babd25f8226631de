import type { FpmEntry } from '../../syntax/fpm/entry.ts';
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
  return setting.kind === 'unknown' ? setting : { ...setting, value: change(setting.value) };
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

/** Reads the settings of one section by name: of several lines the last one counts. */
export interface Settings {
  /** `undefined` where nothing sets it; an empty text is a value of its own. */
  text(name: string): Setting<string | undefined>;
  integer(name: string, fallback: number): Setting<number>;
  /** `undefined` where nothing sets it. */
  optionalInteger(name: string): Setting<number | undefined>;
  /** In seconds. */
  seconds(name: string, fallback: number): Setting<number>;
  boolean(name: string, fallback: boolean): Setting<boolean>;
  processManager(name: string): Setting<ProcessManager | undefined>;
  logLevel(name: string, fallback: string): Setting<string>;
  coreLimit(name: string): Setting<number>;
  syslogFacility(name: string, fallback: number): Setting<number>;
}

/** Settings of the entries of one section. */
export function settingsOf(entries: readonly FpmEntry[], version: string | undefined): Settings {
  const last = new Map<string, FpmEntry>();
  for (const entry of entries) if (entry.arrayKey === undefined) last.set(entry.name, entry);

  function read<T, D>(name: string, fallback: D, parse: (text: string) => Parsed<T>): Setting<T | D> {
    const entry = last.get(name);
    if (!entry) return defaultOf(fallback);
    const { text } = entry.value;
    const span = placeOf(entry);
    if (entry.value.kind === 'unknown') return { kind: 'unknown', why: entry.value.why, text, span };
    const parsed = parse(text);
    if (parsed.kind === 'error' || entry.refused) {
      return { kind: 'unknown', why: 'php-fpm does not take the value', text, span };
    }
    return { kind: 'given', value: parsed.value, text, span };
  }

  const asBoolean = (text: string): Parsed<boolean> => parseBoolean(text, version);
  return {
    text: (name) => (last.has(name) ? read<string, undefined>(name, undefined, asItIs) : unset),
    integer: (name, fallback) => read(name, fallback, parseInteger),
    optionalInteger: (name) => read<number, undefined>(name, undefined, parseInteger),
    seconds: (name, fallback) => read(name, fallback, parseTime),
    boolean: (name, fallback) => read(name, fallback, asBoolean),
    processManager: (name) => read<ProcessManager, undefined>(name, undefined, parseProcessManager),
    logLevel: (name, fallback) => read(name, fallback, parseLogLevel),
    coreLimit: (name) => read(name, 0, parseCoreLimit),
    syslogFacility: (name, fallback) => read(name, fallback, parseSyslogFacility),
  };
}

const unset = defaultOf<string | undefined>(undefined);

function asItIs(value: string): Parsed<string> {
  return { kind: 'ok', value };
}

/** Where to point at an entry: its value, or its key where it has none. */
export function placeOf(entry: FpmEntry): Span {
  return entry.valueSpan.end > entry.valueSpan.start ? entry.valueSpan : entry.keySpan;
}
