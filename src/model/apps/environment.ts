import type { Word } from '../../syntax/command-line/words.ts';
import type { Span } from '../../syntax/source.ts';

/** A variable of a program, and where it is set. */
export interface Variable {
  readonly value: string;
  readonly span: Span;
  /** True where its value is made of something that was not read. */
  readonly isUnknown?: true;
  /** Why the program may get another value, as it reads behind "unless"; absent where it gets this one. */
  readonly doubt?: string;
}

/** What a program finds in its environment. */
export interface Environment {
  readonly variables: ReadonlyMap<string, Variable>;
  /** True where a variable that is not here is not set by anybody: every file of variables was read. */
  readonly isWhole: boolean;
}

/** Of a program whose environment nothing is said about. */
export const emptyEnvironment: Environment = { variables: new Map(), isWhole: true };

/** The same with more variables, which win. */
export function withVariables(
  { variables, isWhole }: Environment,
  more: Iterable<readonly [string, Variable]>,
  moreIsWhole = true,
): Environment {
  return { variables: new Map([...variables, ...more]), isWhole: isWhole && moreIsWhole };
}

/** Where a variable stands in a text: `$NAME`, `${NAME}`, and with a shell `${NAME:-default}`. */
const reference = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(:?-([^}]{0,500}))?\})/g;

/** A word with its variables filled in, each known to where it is set. What is not known makes the word unknown. */
export function fillIn(word: Word, environment: Environment): Word {
  if (word.isVerbatim || !word.text.includes('$')) return word;
  if (/\$\(|`|\$\{[^}]{0,500}[#%/^,@]/.test(word.text)) return { ...word, isUnknown: true };
  const filled = [...(word.filled ?? [])];
  let isUnknown = word.isUnknown ?? false;
  const text = word.text.replace(reference, (whole, bare, braced, hasDefault, fallback) => {
    if (whole === '$$') return '$';
    const variable = environment.variables.get(bare ?? braced);
    if (variable && !variable.isUnknown) {
      filled.push({ value: variable.value, span: variable.span });
      isUnknown ||= variable.doubt !== undefined;
      return variable.value;
    }
    if (variable || !environment.isWhole) isUnknown = true;
    return hasDefault === undefined ? '' : fallback;
  });
  return { ...word, text, filled, ...(isUnknown && { isUnknown: true }) };
}
