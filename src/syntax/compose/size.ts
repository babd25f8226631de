const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  t: 1024 ** 4,
  p: 1024 ** 5,
};

/**
 * Bytes of `512m`, `1.5G`, `2gb`, `64MiB` or `1048576`; nothing where it is no size.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values
 */
export function parseByteSize(text: string): number | undefined {
  const found = /^(\d{1,20}(?:\.\d{1,10})?) ?([kmgtp]?)(?:i?b)?$/.exec(text.trim().toLowerCase());
  if (!found) return undefined;
  return Math.floor(Number(found[1]) * (UNITS[found[2] ?? ''] ?? 1));
}
