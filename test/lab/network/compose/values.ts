/** A mapping of a YAML file, or an empty one for anything else. */
export function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {};
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list; one value stands for a list of one, and nothing for none. */
export function items(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A scalar as text; undefined where there is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** The scalars of a list as text. */
export function texts(value: unknown): readonly string[] {
  return items(value).flatMap((item) => text(item) ?? []);
}

/** `A=1` lines, or a mapping: what Compose takes for environments, labels and build arguments alike. */
export function pairs(value: unknown): readonly (readonly [name: string, value: string | undefined])[] {
  if (isMapping(value)) return Object.entries(value).map(([name, inside]) => [name, text(inside)] as const);
  return texts(value).map((line) => {
    const at = line.indexOf('=');
    return at === -1 ? [line, undefined] : [line.slice(0, at), line.slice(at + 1)];
  });
}

/** A command line as its words; a list is taken as it is. */
export function words(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') return texts(value);
  const found = value.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return found.map((word) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );
}
