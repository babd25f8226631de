/** A size as PHP reads it from `128M`, and what it says where the text is not quite one. */
export interface Quantity {
  /** `128M` is 134217728; -1 means no limit where the directive knows such a thing. */
  readonly value: bigint;
  /** PHP's own words since 8.2, which older versions keep to themselves. */
  readonly warning?: string;
}

const long = 64;
const longMax = 2n ** 63n - 1n;
const unsignedMax = 2n ** 64n - 1n;

/**
 * Reads a quantity as `ini_parse_quantity()` does. Only the last character counts as the unit and only the leading digits
 * as the number, so `1.5G` is one gigabyte and `128MB` is 128 bytes.
 *
 * https://www.php.net/manual/en/function.ini-parse-quantity.php
 */
export function parseQuantity(text: string): Quantity {
  const value = trimWhitespace(text);
  if (value === '') return { value: 0n };
  const sign = /^[+-]/.exec(value)?.[0] ?? '';
  const digits = value.slice(sign.length);
  const shown = shownAs(text);
  if (!/^[0-9]/.test(digits)) {
    return zero(
      `Invalid quantity "${shown}": no valid leading digits, interpreting as "0" for backwards compatibility`,
    );
  }
  const base = baseOf(digits);
  if (base === undefined) {
    return zero(`Invalid prefix "0${digits.charAt(1)}", interpreting as "0" for backwards compatibility`);
  }
  const number = base.digits.exec(digits.slice(base.skip))?.[0] ?? '';
  if (number === '') {
    const isPrefix = base.skip > 0 && /^(?:$|[-+ \t\n\r\v\f])/.test(digits.slice(base.skip));
    const why = isPrefix ? 'no digits after base prefix' : 'no valid leading digits';
    return zero(`Invalid quantity "${shown}": ${why}, interpreting as "0" for backwards compatibility`);
  }
  const absolute = BigInt(base.prefix + number);
  // What does not even fit 64 bits becomes their maximum, without its sign.
  const overflows = absolute > (sign === '-' ? longMax + 1n : longMax);
  const plain = absolute > unsignedMax ? -1n : BigInt.asIntN(long, sign === '-' ? -absolute : absolute);
  const rest = trimStartWhitespace(digits.slice(base.skip + number.length));
  if (rest === '') return overflows ? outOfRange(plain, shown) : { value: plain };
  const unit = rest.slice(-1);
  const factor = factors.get(unit.toLowerCase());
  const read = text.slice(0, text.indexOf(value) + value.length - rest.length);
  if (factor === undefined) {
    const warning = `Invalid quantity "${shown}": unknown multiplier "${shownAs(unit)}", interpreting as "${shownAs(read)}" for backwards compatibility`;
    return { value: plain, warning };
  }
  const product = BigInt.asIntN(long, plain * factor);
  if (rest.length > 1) {
    const warning = `Invalid quantity "${shown}", interpreting as "${shownAs(read)}${shownAs(unit)}" for backwards compatibility`;
    return { value: product, warning };
  }
  return overflows || product !== plain * factor ? outOfRange(product, shown) : { value: product };
}

const factors: ReadonlyMap<string, bigint> = new Map([
  ['k', 1024n],
  ['m', 1024n ** 2n],
  ['g', 1024n ** 3n],
]);

interface Base {
  /** Characters of the prefix: 2 for `0x`. */
  readonly skip: number;
  readonly digits: RegExp;
  /** The prefix as JavaScript has it. */
  readonly prefix: string;
}

function baseOf(digits: string): Base | undefined {
  if (digits.charAt(0) !== '0') return { skip: 0, digits: /^[0-9]+/, prefix: '' };
  switch (digits.charAt(1).toLowerCase()) {
    case 'x':
      return { skip: 2, digits: /^[0-9a-f]+/i, prefix: '0x' };
    case 'o':
      return { skip: 2, digits: /^[0-7]+/, prefix: '0o' };
    case 'b':
      return { skip: 2, digits: /^[01]+/, prefix: '0b' };
    case '':
    case 'g':
    case 'm':
    case 'k':
      return { skip: 0, digits: /^0/, prefix: '' };
    default:
      // A number that begins with 0 is octal, as in C.
      return /^[0-9]/.test(digits.charAt(1)) ? { skip: 0, digits: /^[0-7]+/, prefix: '0o' } : undefined;
  }
}

function zero(warning: string): Quantity {
  return { value: 0n, warning };
}

function outOfRange(value: bigint, shown: string): Quantity {
  return {
    value,
    warning: `Invalid quantity "${shown}": value is out of range, using overflow result for backwards compatibility`,
  };
}

function isWhitespace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\v' || char === '\f';
}

function trimStartWhitespace(text: string): string {
  let start = 0;
  while (isWhitespace(text.charAt(start))) start++;
  return text.slice(start);
}

function trimWhitespace(text: string): string {
  let end = text.length;
  while (isWhitespace(text.charAt(end - 1))) end--;
  return trimStartWhitespace(text.slice(0, end));
}

/** PHP escapes what it cannot print in a message. */
function shownAs(text: string): string {
  return text.replace(/[\\\n\r\t\f\v]/g, (char) => escapes[char] ?? char);
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\v': '\\v',
};
