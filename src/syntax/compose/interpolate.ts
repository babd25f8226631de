/** A text with its variables filled in, or why that cannot be done. */
export type Interpolated =
  | { readonly kind: 'known'; readonly value: string }
  | {
      readonly kind: 'unknown';
      readonly why: string;
      /** Filled in as far as it goes; each variable that is left stands in it as `${...}`. */
      readonly text: string;
    };

/** What the files say of a variable; `undefined` where none defines it. The shell may still do so: it is not the empty string. */
export type Lookup = (name: string) => Interpolated | undefined;

/** Nobody nests variables deeper; a text made to exhaust the stack does. */
const MAX_DEPTH = 30;

/** In UTF-16 units: forty lines that double the one above reach no end. */
const LONGEST = 1 << 18;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:?[-?+]/y;

/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`, `${NAME?message}`, `${NAME:+value}`,
 * `${NAME+value}`, nested ones among them; `$$` is a dollar sign. A default counts where no file defines the variable: it is what
 * a clean shell gets. Any other use of such a variable is unknown.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  return text.includes('$') ? fill(text, lookup, 0) : { kind: 'known', value: text };
}

function fill(text: string, lookup: Lookup, depth: number): Interpolated {
  if (depth > MAX_DEPTH) return unknown('its variables are nested too deeply', text);
  let value = '';
  let why: string | undefined;
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar !== -1; dollar = text.indexOf('$', at)) {
    value += text.slice(at, dollar);
    if (text[dollar + 1] === '$') {
      value += '$';
      at = dollar + 2;
      continue;
    }
    const variable = variableAt(text, dollar);
    if (!variable) return unknown(`"${text}" has a $ that begins no variable`, text);
    const result = resolve(variable, lookup, depth);
    if (result.kind === 'unknown') why ??= result.why;
    value += result.kind === 'unknown' ? result.text : result.value;
    if (value.length > LONGEST) return unknown('its variables make it longer than is read', text);
    at = variable.end;
  }
  value += text.slice(at);
  return why === undefined ? { kind: 'known', value } : unknown(why, value);
}

interface Variable {
  readonly name: string;
  /** Empty where it has none. */
  readonly operator: string;
  readonly operand: string;
  readonly end: number;
}

function variableAt(text: string, dollar: number): Variable | undefined {
  const isBraced = text[dollar + 1] === '{';
  const start = dollar + (isBraced ? 2 : 1);
  const name = match(NAME, text, start);
  if (name === '') return undefined;
  const afterName = start + name.length;
  if (!isBraced) return { name, operator: '', operand: '', end: afterName };
  const close = closingBrace(text, dollar);
  if (close === -1) return undefined;
  const operator = match(OPERATOR, text, afterName);
  if (operator === '' && close !== afterName) return undefined;
  return { name, operator, operand: text.slice(afterName + operator.length, close), end: close + 1 };
}

function resolve({ name, operator, operand }: Variable, lookup: Lookup, depth: number): Interpolated {
  const found = lookup(name);
  const missing = (): Interpolated => unknown(`no file defines the variable ${name}`, `\${${name}}`);
  if (found?.kind === 'unknown') return unknown(found.why, `\${${name}}`);
  const isSet = found !== undefined && !(operator.startsWith(':') && found.value === '');
  switch (operator.at(-1)) {
    case '-':
      return isSet ? found : fill(operand, lookup, depth + 1);
    case '+':
      if (isSet) return fill(operand, lookup, depth + 1);
      return found ? { kind: 'known', value: '' } : missing();
    case '?':
      return isSet ? found : missing();
    default:
      return found ?? missing();
  }
}

function unknown(why: string, text: string): Interpolated {
  return { kind: 'unknown', why, text };
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** The brace that ends `${` at `from`; braces that belong to variables inside do not. */
function closingBrace(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') {
      open++;
      at++;
    } else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}
