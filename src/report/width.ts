// https://www.unicode.org/reports/tr11/: what East Asian terminals draw two cells wide.
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3001-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const combining = /^[\p{Mn}\p{Me}]/u;

/** How many cells of a terminal a character (a code point) takes: 0, 1 or 2. */
export function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (combining.test(character)) return 0;
  const isHalfwidthKatakana = code >= 0xff61 && code <= 0xff9f;
  return wide.test(character) && !isHalfwidthKatakana ? 2 : 1;
}

/** How many cells of a terminal a text takes. It must hold no control characters: see `visible`. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}
