import { fileNameToBytes } from '../load/file-name.ts';

/** A file as a URI reference: relative as it is, absolute with `file:`. Bytes of names that are no UTF-8 stay what they are. */
export function fileUri(file: string): string {
  const path = file.split('/').map(encodeSegment).join('/');
  if (file.startsWith('/')) return `file://${path}`;
  // Else "a:b/c" would be a URI of the scheme "a". https://www.rfc-editor.org/rfc/rfc3986#section-4.2
  return path.split('/', 1)[0]?.includes(':') ? `./${path}` : path;
}

function encodeSegment(segment: string): string {
  let encoded = '';
  for (const byte of fileNameToBytes(segment)) {
    const character = String.fromCharCode(byte);
    encoded +=
      byte < 0x80 && plain.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

// What may stand in a segment of a path: https://www.rfc-editor.org/rfc/rfc3986#section-3.3
const plain = /[\w.~!$&'()*+,;=:@-]/;
