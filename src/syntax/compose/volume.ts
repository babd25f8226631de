import { outsideVariables, type Part } from './port.ts';

/** The parts of `[SOURCE:]TARGET[:OPTIONS]`. */
export interface ShortVolume {
  readonly source?: Part;
  readonly target: Part;
  readonly options: readonly string[];
}

/**
 * Takes the short form of a volume apart. Variables may be left in it as `${...}`. Nothing where it is no volume.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/05-services.md#short-syntax-5
 */
export function parseShortVolume(text: string): ShortVolume | undefined {
  const parts = partsOf(text);
  const [first, second, third] = parts;
  if (!first || parts.length > 3 || parts.some((part) => part.text === '')) return undefined;
  if (!second) return { target: first, options: [] };
  return { source: first, target: second, options: third ? third.text.split(',') : [] };
}

/** True where the source of a short form is a path; else it is the name of a volume. */
export function isPath(source: string): boolean {
  return /^[./~\\]|^[A-Za-z]:/.test(source);
}

/** The colon of a Windows drive (`C:\site`) separates nothing. */
function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const colon of [...outsideVariables(text, ':'), text.length]) {
    if (colon - start === 1 && colon < text.length && /[A-Za-z]/.test(text.charAt(start))) continue;
    parts.push({ text: text.slice(start, colon), start });
    start = colon + 1;
  }
  return parts;
}
