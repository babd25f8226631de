import yargs from 'yargs';
import { UsageError } from '../load/usage-error.ts';
import { didYouMean } from '../values/nearest.ts';
import { checkDescription } from './descriptions/check.ts';
import { commandDescriptions } from './descriptions.ts';
import type { CommandDescription, Option } from './option.ts';

// yargs leaves a lone `-` out without a word, and the live host would be read instead of standard input.
const dash = '\0-';

/** A call of the command: which command, and the options by name as they were written. */
export interface Call {
  readonly command: CommandDescription;
  /** What is no option: paths, ids. */
  readonly words: readonly string[];
  readonly has: (flag: string) => boolean;
  /** @throws UsageError where the option was given twice or without a value. */
  readonly value: (name: string) => string | undefined;
  /** The values of an option that may be given more than once. */
  readonly values: (name: string) => readonly string[];
}

/**
 * Takes a command line apart. The command is its first word that is no option; without one of their names it is `check`.
 *
 * @throws UsageError for an unknown option, with the one that was probably meant.
 */
export function parseCall(argv: readonly string[]): Call {
  refuseUnknownNames(argv);
  const every = commandDescriptions.flatMap(allOptions);
  const flags = every.filter(({ takes }) => takes === undefined).map(({ name }) => name);
  const texts = every.filter(({ takes }) => takes !== undefined).map(({ name }) => name);
  const aliases = every.flatMap(({ name, alias }) => (alias === undefined ? [] : [[name, alias] as const]));
  // Commands and help are ours and not those of yargs, which take it another 5 ms to prepare.
  const parser = yargs(argv.map((word) => (word === '-' ? dash : word)))
    .scriptName('no502')
    .locale('en')
    .exitProcess(false)
    .help(false)
    .version(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error && error.name !== 'YError') throw error;
      throw new UsageError(refusalOf(firstLine(message ?? error?.message ?? 'the call is wrong'), every));
    })
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    })
    .boolean(flags)
    .string(texts)
    .requiresArg(texts)
    .alias(Object.fromEntries(aliases));
  const parsed: Readonly<Record<string, unknown>> = parser.parseSync();
  return callOf(parsed);
}

function callOf(parsed: Readonly<Record<string, unknown>>): Call {
  const words = textsOf(parsed['_']);
  const named = commandDescriptions.find(({ name }) => name === words[0]);
  const command = named ?? checkDescription;
  const names = namesOf(command);
  for (const key of Object.keys(parsed)) {
    if (key === '_' || key === '$0' || key === '--' || names.includes(key)) continue;
    throw unknownOption(key, names);
  }
  const values = (name: string): readonly string[] => {
    const given = textsOf(parsed[name]);
    if (given.includes('')) throw new UsageError(needsValue(name, allOptions(command)));
    if (given.includes('-')) throw new UsageError(`--${name} cannot be "-"`);
    return given;
  };
  return {
    command,
    words: [...words.slice(named ? 1 : 0), ...textsOf(parsed['--'])],
    has: (flag) => parsed[flag] === true || (Array.isArray(parsed[flag]) && parsed[flag].includes(true)),
    values,
    value(name) {
      const [given, second] = values(name);
      if (second !== undefined) throw new UsageError(`--${name} is given more than once`);
      return given;
    },
  };
}

// Before yargs sees it: an option called like a member of every object, such as --constructor, makes it fail.
function refuseUnknownNames(argv: readonly string[]): void {
  const known = commandDescriptions.flatMap(namesOf);
  const options = commandDescriptions.flatMap(allOptions);
  const valued = new Set(options.filter(({ takes }) => takes !== undefined).map(({ name }) => name));
  const end = argv.indexOf('--');
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    if (!word.startsWith('--')) continue;
    const name = word.slice(2).split('=', 1)[0] ?? '';
    if (!known.includes(name)) throw unknownOption(name, known);
    if (word.includes('=') && !valued.has(name)) throw new UsageError(`--${name} takes no value`);
  }
}

function unknownOption(name: string, known: readonly string[]): UsageError {
  const dashes = name.length === 1 ? '-' : '--';
  return new UsageError(`unknown option ${dashes}${name}${didYouMean(name, known).replace('"', '"--')}`);
}

function namesOf(command: CommandDescription): readonly string[] {
  return allOptions(command).map(({ name }) => name);
}

function allOptions(command: CommandDescription): readonly Option[] {
  return command.groups.flatMap(({ options }) => options);
}

function textsOf(given: unknown): readonly string[] {
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]).map((word) => (word === dash ? '-' : String(word)));
}

/** What yargs says of a value that is not there, in our words. */
function refusalOf(message: string, options: readonly Option[]): string {
  const [, name] = /^Not enough arguments following: (.+)$/.exec(message) ?? [];
  return name === undefined ? message : needsValue(name, options);
}

function needsValue(name: string, options: readonly Option[]): string {
  const option = options.find((known) => known.name === name || known.alias === name);
  const written = name.length === 1 ? `-${name}` : `--${name}`;
  return `${written} needs a value: ${written} ${option?.takes ?? 'VALUE'}`;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
