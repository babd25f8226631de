import type { Source, Span } from '../source.ts';

/** One setting of supervisor. */
export interface SupervisorEntry {
  /** In lower case. */
  readonly key: string;
  /** As long as it is written: line ends and comments in it are blanks, so that every character keeps its place. */
  readonly value: string;
  readonly span: Span;
}

/** A section: `program:api`. Sections of one name are several. */
export interface SupervisorSection {
  readonly name: string;
  readonly entries: readonly SupervisorEntry[];
}

/**
 * Reads a file of supervisor, which is Python's ConfigParser's: keys ignore case, an indented line goes on with the value
 * above, and ` ;` or ` #` begins a comment. https://supervisord.org/configuration.html#file-format
 */
export function readSupervisor(source: Source): readonly SupervisorSection[] {
  const sections: { name: string; entries: { key: string; start: number; end: number }[] }[] = [];
  const blanked: string[] = [];
  let start = 0;
  for (const line of source.text.split('\n')) {
    const text = withoutComment(line);
    const header = /^\[([^\]]+)\]/.exec(text);
    const entries = sections.at(-1)?.entries;
    const setting = /^([^\s=:][^=:]*)[=:]\s*/.exec(text);
    if (header) sections.push({ name: header[1]?.trim() ?? '', entries: [] });
    else if (/^\s+\S/.test(text) && entries?.length) {
      const last = entries.at(-1);
      if (last) last.end = start + text.trimEnd().length;
    } else if (setting && entries) {
      const from = start + setting[0].length;
      const end = Math.max(from, start + text.trimEnd().length);
      entries.push({ key: (setting[1] ?? '').trimEnd().toLowerCase(), start: from, end });
    }
    blanked.push(text.padEnd(line.length));
    start += line.length + 1;
  }
  const whole = blanked.join(' ');
  return sections.map(({ name, entries }) => ({
    name,
    entries: entries.map(({ key, start: from, end }) => ({
      key,
      value: whole.slice(from, end),
      span: { source, start: from, end },
    })),
  }));
}

function withoutComment(line: string): string {
  if (/^\s*[;#]/.test(line)) return '';
  const comment = /\s[;#]/.exec(line);
  return comment ? line.slice(0, comment.index) : line;
}
