import type { Source, Span } from '../source.ts';

/** One variable of a file of variables. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** The value, without its quotes. */
  readonly span: Span;
  /** True where it is made of other variables, which only its reader knows. */
  readonly isUnknown?: true;
}

/**
 * Who reads the file. `systemd`: what follows the equals sign is the value, `#` in it and all.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
 * `dotenv`: ` #` begins a comment, `export` may stand in front, `${A}` is filled in.
 * https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow
 */
export type EnvDialect = 'systemd' | 'dotenv';

const line = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=(.*)$/gm;

/** Reads a file of variables. Of a name that stands there twice, both readers take the last. */
export function readEnvFile(source: Source, dialect: EnvDialect): readonly EnvEntry[] {
  const entries: EnvEntry[] = [];
  for (const match of source.text.matchAll(line)) {
    const [whole, name = '', behind = ''] = match;
    const written = behind.trim();
    const end = match.index + whole.trimEnd().length;
    const start = end - written.length;
    const { value, offset } = valueIn(written, dialect);
    const isFilledIn = dialect === 'dotenv' && value.includes('$') && !written.startsWith("'");
    entries.push({
      name,
      value,
      span: { source, start: start + offset, end: start + offset + value.length },
      ...(isFilledIn && { isUnknown: true }),
    });
  }
  return entries;
}

function valueIn(written: string, dialect: EnvDialect): { readonly value: string; readonly offset: number } {
  const quote = written.charAt(0);
  if (quote === '"' || quote === "'" || (quote === '`' && dialect === 'dotenv')) {
    const close = written.indexOf(quote, 1);
    if (close > 0) return { value: written.slice(1, close), offset: 1 };
  }
  if (dialect === 'systemd') return { value: written, offset: 0 };
  const comment = /(?:^|\s)#/.exec(written);
  return { value: (comment ? written.slice(0, comment.index) : written).trimEnd(), offset: 0 };
}
