import type { Source, Span } from '../source.ts';

/** One option of uWSGI, from a file or from the command line. */
export interface UwsgiOption {
  readonly name: string;
  readonly text: string;
  readonly span: Span;
  /** True where it holds what is known only where it runs. */
  readonly isUnknown?: true;
}

/**
 * Reads the section `[uwsgi]` of a file of uWSGI. Names of the file (`%n`, `%p`, `%d`) and placeholders (`%(name)`) are
 * filled in, as far as they stand above. https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html
 */
export function readUwsgiIni(source: Source): readonly UwsgiOption[] {
  const options: UwsgiOption[] = [];
  const values = new Map<string, string>();
  let section = '';
  for (const match of source.text.matchAll(/^.*$/gm)) {
    const line = match[0].trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    if (line.startsWith('[')) {
      section = line.slice(1).split(']', 1).join('');
      continue;
    }
    if (section !== 'uwsgi') continue;
    const equals = line.indexOf('=');
    const name = (equals === -1 ? line : line.slice(0, equals)).trim();
    const written = equals === -1 ? '' : line.slice(equals + 1).trim();
    const end = match.index + match[0].trimEnd().length;
    const { text, isUnknown } = expand(written, source.path, values);
    values.set(name, text);
    options.push({
      name,
      text,
      span: { source, start: written === '' ? end - line.length : end - written.length, end },
      ...(isUnknown && { isUnknown: true }),
    });
  }
  return options;
}

/** Values that are longer stay as they are written: forty lines that double the one above reach no end. */
const LONGEST = 1 << 16;

function expand(
  written: string,
  path: string,
  values: ReadonlyMap<string, string>,
): { readonly text: string; readonly isUnknown: boolean } {
  const slash = path.lastIndexOf('/');
  const file = path.slice(slash + 1);
  const magic: Readonly<Record<string, string>> = {
    '%n': file.replace(/\.[^.]*$/, ''),
    '%p': path,
    '%d': path.slice(0, slash + 1),
    '%s': file,
  };
  let length = written.length;
  const filled = written
    .replace(/%\(([\w-]+)\)/g, (whole, name: string) => {
      const value = values.get(name) ?? whole;
      length += value.length;
      return length > LONGEST ? whole : value;
    })
    .replace(/%[npds](?!\w)/g, (whole) => magic[whole] ?? whole);
  return { text: filled, isUnknown: /%\(|\$\(|%[a-zA-Z](?!\w)|@\(/.test(filled) };
}
