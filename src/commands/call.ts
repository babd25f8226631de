import yargs, { type Options } from 'yargs';
import { UsageError } from '../load/usage-error.ts';
import { didYouMean } from '../values/nearest.ts';
import { checkDescription, explainDescription, rulesDescription } from './descriptions.ts';
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
  let chosen: CommandDescription = checkDescription;
  const choose = (command: CommandDescription) => (): void => {
    chosen = command;
  };
  const parser = yargs([...argv])
    .scriptName('no502')
    .locale('en')
    .exitProcess(false)
    .help(false)
    .version(false)
    .fail((message, error) => {
      throw error ?? new UsageError(firstLine(message));
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
    .command(['check [words..]', '$0'], '', optionsOf(checkDescription), choose(checkDescription))
    .command('rules [words..]', '', optionsOf(rulesDescription), choose(rulesDescription))
    .command('explain [words..]', '', optionsOf(explainDescription), choose(explainDescription));
  const parsed: Readonly<Record<string, unknown>> = await parser.parseAsync();
  return callOf(chosen, parsed);
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

function allOptions(command: CommandDescription): readonly Option[] {
  return command.groups.flatMap(({ options }) => options);
}

function callOf(command: CommandDescription, parsed: Readonly<Record<string, unknown>>): Call {
  const names = allOptions(command).map(({ name }) => name);
  for (const key of Object.keys(parsed)) {
    if (key === '_' || key === '$0' || key === 'words' || names.includes(key)) continue;
    const dashes = key.length === 1 ? '-' : '--';
    throw new UsageError(`unknown option ${dashes}${key}${didYouMean(key, names).replace('"', '"--')}`);
  }
  const values = (name: string): readonly string[] => {
    const given = textsOf(parsed[name]);
    if (given.includes('')) throw new UsageError(`--${name} needs a value`);
    return given;
  };
  return {
    command,
    words: [...textsOf(parsed['words']), ...textsOf(parsed['_'])],
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

function firstLine(message: string | null): string {
  return message?.split('\n', 1)[0] ?? 'the call is wrong';
}
