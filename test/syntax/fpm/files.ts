import type { FpmIncluder, FpmOptions } from '../../../src/syntax/fpm/options.ts';
import type { FpmReading } from '../../../src/syntax/fpm/reader.ts';
import { readFpm } from '../../../src/syntax/fpm/reader.ts';
import { positionAt, type Source, type Span } from '../../../src/syntax/source.ts';

/** Files in memory by their path; `main` is `/etc/php-fpm.conf`. */
export type Files = Readonly<Record<string, string>>;

/** A source of a text. */
export function sourceOf(text: string, path = '/etc/php-fpm.conf'): Source {
  return { path, file: path, text, encoding: 'utf8' };
}

/** Finds included files by name, or by a `*` in the last part of the pattern. */
function includerOf(files: Files): FpmIncluder {
  return (pattern) => {
    const star = pattern.indexOf('*');
    const matches = Object.keys(files)
      .filter((path) =>
        star === -1
          ? path === pattern
          : path.startsWith(pattern.slice(0, star)) && path.endsWith(pattern.slice(star + 1)),
      )
      .sort();
    if (matches.length === 0) return { kind: 'no-match' };
    return { kind: 'files', sources: matches.map((path) => sourceOf(files[path] ?? '', path)) };
  };
}

/** Reads a main file and what it includes, as PHP 8.2 unless said. */
export function read(main: string, files: Files = {}, options: Partial<FpmOptions> = {}): FpmReading {
  return readFpm(sourceOf(main), includerOf(files), { phpVersion: '8.2', prefix: '/usr', ...options });
}

/** The text a span covers. */
export function textOf(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** A place as `/etc/php-fpm.conf:3:1`. */
export function placeOf(span: Span): string {
  const { line, column } = positionAt(span.source, span.start);
  return `${span.source.path}:${line}:${column}`;
}
