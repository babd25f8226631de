const repeated = new Map<string, string>();

/** So many texts are kept; a host of ten thousand sites has a few hundred that its files repeat. */
const KEPT_MAX = 4096;

/** Longer ones hardly ever repeat. */
export const LENGTH_MAX = 32;

/**
 * The same text, in the one copy that all who ask for it share. Most words of a host stand in every site; each copy would
 * take as much memory as all else that is known of the word, and comparing two takes longer than seeing that they are one.
 */
export function shared(text: string): string {
  if (text.length > LENGTH_MAX) return text;
  const known = repeated.get(text);
  if (known !== undefined) return known;
  if (repeated.size < KEPT_MAX) repeated.set(text, text);
  return text;
}
