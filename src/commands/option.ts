/** An option of the command line: the parser, its errors and the help all read this one description. */
export interface Option {
  readonly name: string;
  /** One letter. */
  readonly alias?: string;
  /** What it takes, as the help calls it: `DIR`. Absent: it takes nothing. */
  readonly takes?: string;
  /** All that it can be; absent where that cannot be told. */
  readonly values?: readonly string[];
  /** True where it may be given more than once. */
  readonly repeatable?: boolean;
  readonly description: string;
}

/** Options under one heading of the help. */
export interface OptionGroup {
  readonly title: string;
  readonly options: readonly Option[];
}

/** A command: what it is called, what it takes and what its help says. */
export interface CommandDescription {
  readonly name: string;
  /** After the name, in the first line of its help: `[paths..]`. */
  readonly positionals: string;
  /** One line. */
  readonly title: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly groups: readonly OptionGroup[];
  /** A call and what it does. */
  readonly examples: readonly (readonly [string, string])[];
  /** Further headings and their lines: exit codes, files, environment. */
  readonly sections: readonly {
    readonly title: string;
    readonly lines: readonly (readonly [string, string])[];
  }[];
}

/** What every command takes. */
export const generalOptions: OptionGroup = {
  title: 'General',
  options: [
    { name: 'help', alias: 'h', description: 'Show this help' },
    { name: 'version', description: 'Show the version' },
  ],
};
