const REPLACEMENT = '\ufffd';
const ESCAPED_LOW = 0xdc80;
const ESCAPED_HIGH = 0xdcff;

/** True where decoding as UTF-8 may have lost bytes. */
export function hasReplacement(text: string): boolean {
  return text.includes(REPLACEMENT);
}

/**
 * File names are bytes, and not every name is UTF-8. As Python does (PEP 383), each byte that is not part of valid UTF-8 becomes
 * one character U+DC80..U+DCFF, which no valid text holds, so that the name can be opened again.
 * https://peps.python.org/pep-0383/
 */
export function fileNameFromBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes(REPLACEMENT)) return text;
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const piece = bytes.toString('utf8', at, at + length);
    if (piece.includes(REPLACEMENT)) {
      name += String.fromCharCode((bytes[at] ?? 0) + 0xdc00);
      at += 1;
    } else {
      name += piece;
      at += length;
    }
  }
  return name;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** The bytes of a name made by `fileNameFromBytes`. */
export function fileNameToBytes(name: string): Buffer {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code < ESCAPED_LOW || code > ESCAPED_HIGH || isLowHalf(name, at)) continue;
    pieces.push(Buffer.from(name.slice(from, at), 'utf8'), Buffer.of(code - 0xdc00));
    from = at + 1;
  }
  pieces.push(Buffer.from(name.slice(from), 'utf8'));
  return Buffer.concat(pieces);
}

function isLowHalf(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
