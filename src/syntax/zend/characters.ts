/** Character codes that mean something to Zend's INI scanner. */
export const code = {
  nul: 0,
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  bang: 33,
  doubleQuote: 34,
  sharp: 35,
  dollar: 36,
  ampersand: 38,
  singleQuote: 39,
  openParenthesis: 40,
  closeParenthesis: 41,
  minus: 45,
  dot: 46,
  zero: 48,
  nine: 57,
  colon: 58,
  semicolon: 59,
  equals: 61,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  caret: 94,
  underscore: 95,
  openBrace: 123,
  bar: 124,
  closeBrace: 125,
  tilde: 126,
} as const;

/** Space or tab: the scanner knows no other blanks. */
export function isBlank(char: number): boolean {
  return char === code.space || char === code.tab;
}

/** An ASCII decimal digit. */
export function isDigit(char: number): boolean {
  return char >= code.zero && char <= code.nine;
}

/** An operator of an INI expression: `& | ^ ~ ( ) !`. */
export function isOperator(char: number): boolean {
  switch (char) {
    case code.ampersand:
    case code.bar:
    case code.caret:
    case code.tilde:
    case code.openParenthesis:
    case code.closeParenthesis:
    case code.bang:
      return true;
    default:
      return false;
  }
}

/** What may stand in a key or in the name of a `${variable}`; a space may, a tab may not. */
export function isLabelCharacter(char: number): boolean {
  switch (char) {
    case code.equals:
    case code.lineFeed:
    case code.carriageReturn:
    case code.tab:
    case code.semicolon:
    case code.dollar:
    case code.openBrace:
    case code.closeBrace:
    case code.doubleQuote:
    case code.openBracket:
      return false;
    default:
      return !isOperator(char);
  }
}

/** What may stand in an unquoted value besides `$`, which has rules of its own. */
export function isValueCharacter(char: number): boolean {
  switch (char) {
    case code.dollar:
    case code.equals:
    case code.space:
    case code.tab:
    case code.lineFeed:
    case code.carriageReturn:
    case code.semicolon:
    case code.doubleQuote:
    case code.singleQuote:
    case code.nul:
      return false;
    default:
      return !isOperator(char);
  }
}

/** What may stand in a section name, a bracketed key or (`closing` a brace) a fallback, besides `$` and `\`. */
export function isBracketedCharacter(char: number, closing: number): boolean {
  switch (char) {
    case code.dollar:
    case code.lineFeed:
    case code.carriageReturn:
    case code.semicolon:
    case code.doubleQuote:
    case code.singleQuote:
    case code.backslash:
      return false;
    default:
      return char !== closing;
  }
}

function isLetter(char: number): boolean {
  const lower = char | 0x20;
  return lower >= 97 && lower <= 122;
}

/** True where the whole text has the form of a PHP constant's name. */
export function isConstantName(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (!isLetter(char) && char !== code.underscore && (i === 0 || !isDigit(char))) return false;
  }
  return text !== '';
}

/** True where the whole text is a number as the scanner has it: `-5`, `1.5`, `.5`, `1.`, but not `-1.5`. */
export function isNumber(text: string): boolean {
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (isDigit(char)) digits++;
    else if (char === code.dot && text.charCodeAt(0) !== code.minus) dots++;
    else if (char !== code.minus || i !== 0) return false;
  }
  return digits > 0 && dots < 2;
}
