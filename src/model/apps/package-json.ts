import type { Word } from '../../syntax/command-line/words.ts';
import type { Source } from '../../syntax/source.ts';

/** A script of a package.json, where it stands there as one text. https://docs.npmjs.com/cli/using-npm/scripts */
export function scriptOf(source: Source, name: string): Word | undefined {
  const scripts = source.text.indexOf('"scripts"');
  if (scripts === -1) return undefined;
  const literal = `${JSON.stringify(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`;
  const match = new RegExp(literal).exec(source.text.slice(scripts));
  const written = match?.[1];
  if (!match || written === undefined) return undefined;
  const text = parsed(source.text)?.[name];
  if (text === undefined || text !== parsedText(written)) return undefined;
  const end = scripts + match.index + match[0].length;
  return { text, span: { source, start: end - written.length, end } };
}

function parsed(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('scripts' in json)) return undefined;
    const { scripts } = json;
    if (typeof scripts !== 'object' || scripts === null) return undefined;
    return Object.fromEntries(
      Object.entries(scripts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return undefined;
  }
}

function parsedText(literal: string): unknown {
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}
