/** A value as indented JSON that steers no terminal it is printed on, with a line ending. */
export function jsonText(value: unknown): string {
  return `${escapeHidden(JSON.stringify(value, undefined, 2))}\n`;
}

// JSON.stringify escapes C0 and lone surrogates, not what else can steer a terminal that the JSON is printed on.
const hidden =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

/** Writes what cannot be seen in a JSON text as the escapes that JSON has for it, so that nothing is lost. */
export function escapeHidden(text: string): string {
  return text.replace(hidden, (found) => {
    let escaped = '';
    for (let index = 0; index < found.length; index++) {
      escaped += `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return escaped;
  });
}
