import { type Given, known, unknown } from '../../syntax/compose/given.ts';
import type { Lookup } from '../../syntax/compose/interpolate.ts';
import { type LineWord, lineSpan } from '../../syntax/dockerfile/logical-line.ts';
import type { Instruction } from '../../syntax/dockerfile/parse.ts';
import { substitute } from '../../syntax/dockerfile/substitute.ts';
import type { Span } from '../../syntax/source.ts';
import { normalPath } from './reading.ts';

/** Reads the words of one instruction, variables filled in. */
export interface WordReader {
  text(written: string, span: Span): Given<string>;
  word(word: LineWord): Given<string>;
  /** All that follows the keyword as one word. */
  rest(): Given<string>;
}

/** Reads words with the variables that count where an instruction stands. */
export function wordReader(
  { keyword, line, rest, restStart }: Instruction,
  values: ReadonlyMap<string, Given<string>>,
  escapeCharacter: string,
): WordReader {
  const lookup = lookupIn(values, keyword === 'FROM');
  const text = (written: string, span: Span): Given<string> => {
    const result = substitute(written, lookup, escapeCharacter);
    return result.kind === 'known' ? known(result.value, span) : unknown(result.why, span, result.text);
  };
  return {
    text,
    word: ({ text: written, start, end }) => text(written, lineSpan(line, start, end)),
    rest: () => text(rest, lineSpan(line, restStart, restStart + rest.length)),
  };
}

/** Before a stage there is no base image that could set what is not declared. */
function lookupIn(values: ReadonlyMap<string, Given<string>>, isBeforeStage: boolean): Lookup {
  return (name) => {
    const found = values.get(name);
    if (!found && isBeforeStage) return undefined;
    if (!found) return { kind: 'unknown', why: `the base image may set ${name}`, text: '' };
    if (found.kind === 'known') return { kind: 'known', value: found.value };
    return { kind: 'unknown', why: found.why, text: '' };
  };
}

/** A path in the image, below the directory that `WORKDIR` set or the base image has. */
export function pathBelow(directory: Given<string> | undefined, path: Given<string>): Given<string> {
  if (path.kind === 'unknown') return path;
  if (path.value.startsWith('/')) return known(normalPath(path.value), path.span);
  if (!directory) return unknown('it is below the directory that the base image sets', path.span, path.value);
  if (directory.kind === 'unknown') return directory;
  return known(normalPath(`${directory.value}/${path.value}`), path.span);
}
