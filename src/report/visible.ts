/**
 * Keeps what stands in the user's files from steering the terminal. Control characters (C0, C1), what changes the
 * direction of writing, and what cannot be seen at all (byte order mark, no-break and zero-width spaces, tags,
 * lone surrogates) are shown as escapes: `\x1b`, `\u202e`, `\u{e0041}`. Everything else stays as it is.
 */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  let shown = '';
  for (const character of text) shown += visibleCharacter(character);
  return shown;
}

/** One character (a code point), as `visible` shows it. */
export function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return isHidden(code) ? escapeOf(code) : character;
}

function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

// Format characters and spaces other than U+0020: https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
function isHidden(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0xa0)) return true;
  if (code < 0x600) return code === 0xad || code === 0x34f;
  return (
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    (code >= 0x205f && code <= 0x206f) ||
    code === 0x3000 ||
    code === 0x3164 ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xe0000 && code <= 0xe0fff) ||
    // Noncharacters, which XML 1.0 has no way to write.
    (code & 0xfffe) === 0xfffe
  );
}

function escapeOf(code: number): string {
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}
