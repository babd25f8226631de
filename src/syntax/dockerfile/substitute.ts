import { type Interpolated, interpolate, type Lookup } from '../compose/interpolate.ts';

/**
 * A word as Docker reads it: quotes taken off, escapes resolved, variables filled in, except between single quotes. A variable that
 * nobody declares is unknown: the base image may set it.
 *
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function substitute(word: string, lookup: Lookup, escapeCharacter: string): Interpolated {
  let value = '';
  let quote = '';
  for (let at = 0; at < word.length; at++) {
    const character = word.charAt(at);
    const next = word.charAt(at + 1);
    if (character === escapeCharacter && quote !== "'" && next !== '') {
      if (next === '$') value += '$$';
      else value += quote === '"' && next !== '"' && next !== escapeCharacter ? character + next : next;
      at++;
    } else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else value += character === '$' && quote === "'" ? '$$' : character;
  }
  return interpolate(value, lookup);
}
