import type { CommandDescription, Option } from '../option.ts';

/** All options of a command. */
export function optionsOf({ groups }: CommandDescription): readonly Option[] {
  return groups.flatMap(({ options }) => options);
}

/** `--format`, `-f`. */
export function namesOf({ name, alias }: Option): readonly string[] {
  return [`--${name}`, ...(alias === undefined ? [] : [`-${alias}`])];
}

/** What stands behind an option: one of several words, a rule with its level, a directory, a file, or what only the person knows. */
export type ValueKind = 'words' | 'level' | 'directory' | 'file' | 'free';

/** `undefined` where an option takes nothing. */
export function valueKindOf({ takes, values }: Option): ValueKind | undefined {
  if (takes === undefined) return undefined;
  if (values) return 'words';
  if (takes === 'ID=LEVEL') return 'level';
  if (takes === 'DIR') return 'directory';
  return takes === 'FILE' ? 'file' : 'free';
}
