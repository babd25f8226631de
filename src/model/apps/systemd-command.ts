import { splitWords, type Word, wordsWithin } from '../../syntax/command-line/words.ts';
import { readEnvFile } from '../../syntax/env-file/env-file.ts';
import type { UnitEntry } from '../../syntax/systemd/unit.ts';
import type { NearbyFiles } from './commands/call.ts';
import { type Environment, emptyEnvironment, type Variable, withVariables } from './environment.ts';
import { withSpecifiers } from './specifiers.ts';

/** The settings of one section of a unit, by key. */
export type UnitSettings = ReadonlyMap<string, readonly UnitEntry[]>;

function wordsOf({ value, span }: UnitEntry, unit: string): readonly Word[] {
  return splitWords(value, span.source, span.start, 'systemd').map((word) => withSpecifiers(word, unit));
}

/**
 * The command of a service, its variables filled in as systemd does: `${A}` anywhere in a word, and `$A` as a word of its
 * own, which becomes as many as it holds.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function commandOf(entry: UnitEntry, unit: string, environment: Environment): readonly Word[] {
  const [program, ...args] = wordsOf(entry, unit);
  if (!program) return [];
  const prefix = /^[-@:+!|]*/.exec(program.text)?.[0] ?? '';
  const named = { ...program, text: program.text.slice(prefix.length) };
  const rest = prefix.includes('@') ? args.slice(1) : args;
  if (prefix.includes(':')) return [named, ...rest.map((word) => ({ ...word, isVerbatim: true as const }))];
  return [named, ...rest.flatMap((word) => splitVariable(word, environment))];
}

function splitVariable(word: Word, { variables, isWhole }: Environment): readonly Word[] {
  const name = /^\$([A-Za-z_]\w*)$/.exec(word.text)?.[1];
  if (name === undefined) return [word];
  const variable = variables.get(name);
  if (!variable) return isWhole ? [] : [{ ...word, isUnknown: true }];
  if (variable.isUnknown) return [{ ...word, isUnknown: true }];
  return wordsWithin({ text: variable.value, span: variable.span }, 'systemd');
}

/** `Environment=` and then `EnvironmentFile=`, which wins. https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment= */
export function environmentOf(settings: UnitSettings, unit: string, nearby: NearbyFiles): Environment {
  let environment = withVariables(
    emptyEnvironment,
    (settings.get('Environment') ?? []).flatMap((entry) =>
      wordsOf(entry, unit).flatMap((word) => assignmentIn(word)),
    ),
    !settings.has('PassEnvironment'),
  );
  for (const entry of settings.get('EnvironmentFile') ?? []) {
    const [word] = wordsOf(entry, unit);
    const path = word?.text.replace(/^-/, '') ?? '';
    const source = word?.isUnknown ? undefined : nearby.read(path);
    const isGone = source === undefined && !word?.isUnknown && nearby.isAbsent(path);
    const entries = source ? readEnvFile(source, 'systemd') : [];
    environment = withVariables(
      environment,
      entries.map((each) => [each.name, each] as const),
      source !== undefined || isGone,
    );
  }
  return environment;
}

function assignmentIn(word: Word): readonly (readonly [string, Variable])[] {
  const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word.text);
  if (!match) return [];
  const [, name = '', value = ''] = match;
  const { source, start, end } = word.span;
  const at = value === '' ? -1 : source.text.slice(start, end).lastIndexOf(value);
  const span = at === -1 ? word.span : { source, start: start + at, end: start + at + value.length };
  return [[name, { value, span, ...(word.isUnknown && { isUnknown: true }) }]];
}
