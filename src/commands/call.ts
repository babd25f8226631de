import yargs, { type Options } from 'yargs';
import { UsageError } from '../load/usage-error.ts';
import { didYouMean } from '../values/nearest.ts';
import {
  checkDescription,
  commandDescriptions,
  explainDescription,
  rulesDescription,
} from './descriptions.ts';
import type { CommandDescription, Option } from './option.ts';

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
 * Takes a command line apart.
 *
 * @throws UsageError for an unknown option, with the one that was probably meant.
 */
export async function parseCall(argv: readonly string[]): Promise<Call> {
  refuseUnknownNames(argv);
  let chosen: CommandDescription = checkDescription;
  let isNamed = false;
  const choose = (command: CommandDescription) => (): void => {
    chosen = command;
    isNamed = true;
  };
  const parser = yargs([...argv])
    .scriptName('no502')
    .locale('en')
    .exitProcess(false)
    .help(false)
    .version(false)
    .fail((message: string | null, error: Error | undefined) => {
      if (error && error.name !== 'YError') throw error;
      throw new UsageError(firstLine(message ?? error?.message ?? 'the call is wrong'));
    })
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .command('$0 [words..]', '', optionsOf(checkDescription), () => {})
    .command('check [words..]', '', optionsOf(checkDescription), choose(checkDescription))
    .command('rules [words..]', '', optionsOf(rulesDescription), choose(rulesDescription))
    .command('explain [words..]', '', optionsOf(explainDescription), choose(explainDescription));
  const parsed: Readonly<Record<string, unknown>> = await parser.parseAsync();
  return callOf(chosen, parsed, isNamed);
}

function optionsOf(command: CommandDescription): Record<string, Options> {
  return Object.fromEntries(
    allOptions(command).map(({ name, alias, takes }) => [
      name,
      {
        ...(alias !== undefined && { alias }),
        ...(takes === undefined ? { type: 'boolean' } : { type: 'string', requiresArg: true }),
      },
    ]),
  );
}

// Before yargs sees it: an option called like a member of every object, such as --constructor, makes it fail.
function refuseUnknownNames(argv: readonly string[]): void {
  const known = commandDescriptions.flatMap(namesOf);
  const end = argv.indexOf('--');
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    // yargs would leave it out without a word, and the live host would be read instead.
    if (word === '-') throw new UsageError('standard input is not read: give files or directories');
    if (!word.startsWith('--')) continue;
    const name = word.slice(2).split('=', 1)[0] ?? '';
    if (!known.includes(name)) throw unknownOption(name, known);
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

function callOf(
  command: CommandDescription,
  parsed: Readonly<Record<string, unknown>>,
  isNamed: boolean,
): Call {
  const names = namesOf(command);
  for (const key of Object.keys(parsed)) {
    if (key === '_' || key === '$0' || key === 'words' || names.includes(key)) continue;
    throw unknownOption(key, names);
  }
  const values = (name: string): readonly string[] => {
    const given = textsOf(parsed[name]);
    if (given.includes('')) throw new UsageError(`--${name} needs a value`);
    return given;
  };
  return {
    command,
    // In `_` stand the name of the command, if there is one, and what follows `--`.
    words: [...textsOf(parsed['words']), ...textsOf(parsed['_']).slice(isNamed ? 1 : 0)],
    has: (flag) => parsed[flag] === true || (Array.isArray(parsed[flag]) && parsed[flag].includes(true)),
    values,
    value(name) {
      const [given, second] = values(name);
      if (second !== undefined) throw new UsageError(`--${name} is given more than once`);
      return given;
    },
  };
}

function textsOf(given: unknown): readonly string[] {
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]).map(String);
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? message;
}
