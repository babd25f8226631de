import type { Part } from './port.ts';

/** One word of a command line: its text without quotes and escapes, and where it is written. */
export interface CommandWord extends Part {
  readonly end: number;
}

/**
 * Splits a command as compose splits the string form: blanks separate, quotes and backslashes group, nothing is expanded. Nothing where a
 * quote never ends.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/05-services.md#command
 */
export function splitCommand(line: string): readonly CommandWord[] | undefined {
  const words: CommandWord[] = [];
  let text: string | undefined;
  let start = 0;
  let quote = '';
  for (let at = 0; at <= line.length; at++) {
    const character = line.charAt(at);
    if (quote === '' && (character === '' || /\s/.test(character))) {
      if (text !== undefined) words.push({ text, start, end: at });
      text = undefined;
      continue;
    }
    if (text === undefined) start = at;
    text ??= '';
    if (quote === "'" && character !== "'") text += character;
    else if (character === '\\') text += line.charAt(++at);
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else text += character;
    if (quote !== '' && at >= line.length) return undefined;
  }
  return words;
}
