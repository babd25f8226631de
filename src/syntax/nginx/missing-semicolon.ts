import { positionAt } from '../source.ts';
import type { NginxContext } from './contexts.ts';
import { formsOf, standsIn } from './directives.ts';
import { type Directive, nameWordOf, type Word } from './tree.ts';

/** A place where a `;` was most likely forgotten. */
export interface MissingSemicolon {
  /** The word the `;` should follow. */
  readonly after: Word;
  /** The name of the directive that was swallowed. */
  readonly next: string;
}

/**
 * Finds, among the arguments of a directive, the name of another one at the beginning of a later line: nginx takes
 * both for one directive where a `;` is missing.
 */
export function missingSemicolon(directive: Directive, context: NginxContext): MissingSemicolon | undefined {
  const { source } = directive;
  let after = nameWordOf(directive);
  for (const word of directive.args) {
    const apart = source.text.slice(after.end, word.start).includes('\n');
    if (apart && !word.quoted && formsOf(word.value).some((form) => standsIn(form, context))) {
      return { after, next: word.value };
    }
    after = word;
  }
  return undefined;
}

/** The same in words, for a person. */
export function missingSemicolonHelp(directive: Directive, missing: MissingSemicolon): string {
  const { line } = positionAt(directive.source, missing.after.start);
  const word = directive.source.text.slice(missing.after.start, missing.after.end);
  return `a ";" is missing after ${word} on line ${line}, so "${missing.next}" became an argument`;
}
