import type { Word } from '../../syntax/command-line/words.ts';
import type { Source } from '../../syntax/source.ts';

/** A script of a package.json, where it stands there as one text. https://docs.npmjs.com/cli/using-npm/scripts */
export function scriptOf(source: Source, name: string): Word | undefined {
  const scripts = source.text.indexOf('"scripts"');
  if (scripts === -1) return undefined;
  const written = valueBehind(source.text, JSON.stringify(name), scripts);
  if (!written) return undefined;
  const text = parsed(source.text)?.[name];
  const { start, end } = written;
  if (text === undefined || text !== parsedText(source.text.slice(start, end))) return undefined;
  return { text, span: { source, start, end } };
}

/** A colon and a text, right behind the key of it. */
const textValue = /\s*:\s*("(?:[^"\\]|\\.)*")/y;

/** Where the text stands that belongs to the first such key from an offset on. */
function valueBehind(text: string, key: string, from: number): { start: number; end: number } | undefined {
  for (let at = text.indexOf(key, from); at !== -1; at = text.indexOf(key, at + key.length)) {
    textValue.lastIndex = at + key.length;
    const written = textValue.exec(text)?.[1];
    if (written !== undefined)
      return { start: textValue.lastIndex - written.length, end: textValue.lastIndex };
  }
  return undefined;
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
