import type { Option } from '../option.ts';

/** `--format`, for every command that knows several; the second is what is printed without it. */
export function formatOption<const Names extends readonly string[]>(values: Names, fallback: Names[number]) {
  return {
    name: 'format',
    alias: 'f',
    takes: 'FORMAT',
    values,
    description: `${values.join(', ')} (default: ${fallback})`,
  } as const satisfies Option;
}

/** `--output`, with what is written as a person calls it: `report`. */
export function outputOption(what: string) {
  return {
    name: 'output',
    takes: 'FILE',
    description: `Write the ${what} to FILE`,
  } as const satisfies Option;
}
