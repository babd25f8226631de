import type { Source, Span } from '../../syntax/source.ts';

/** One name of one line. */
export interface HostsEntry {
  /** As it stands there: `127.0.0.1`, `::1`. */
  readonly address: string;
  /** The line's address and name, for a person to look at. */
  readonly span: Span;
}

/** The names that /etc/hosts gives addresses to, before any DNS server is asked. */
export interface HostsFile {
  /** All entries of a name, in the order of the file; names ignore case. A name that is not there has none. */
  lookup(name: string): readonly HostsEntry[];
  /** True where a file was read; without one, a name that is not found proves nothing. */
  readonly isKnown: boolean;
  /** True where the host asks nobody else, neither DNS nor another service: a name that is not there is no host. */
  readonly isOnlySource: boolean;
}

/** Reads /etc/hosts: an address, then its names, `#` begins a comment. https://www.man7.org/linux/man-pages/man5/hosts.5.html */
export function parseHostsFile(source: Source | undefined, isOnlySource = false): HostsFile {
  const entries = new Map<string, HostsEntry[]>();
  for (const line of source ? hostsLines(source) : []) {
    for (const name of line.names) {
      const key = name.toLowerCase();
      const known = entries.get(key);
      if (known) known.push(line.entry);
      else entries.set(key, [line.entry]);
    }
  }
  const isKnown = source !== undefined;
  return {
    lookup: (name) => entries.get(name.toLowerCase()) ?? [],
    isKnown,
    isOnlySource: isKnown && isOnlySource,
  };
}

function* hostsLines(source: Source): Generator<{ entry: HostsEntry; names: readonly string[] }> {
  const { text } = source;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline;
    const line = text.slice(start, next);
    const comment = line.indexOf('#');
    const content = (comment === -1 ? line : line.slice(0, comment)).trimEnd();
    const [address = '', ...names] = content.trimStart().split(/[ \t]+/);
    const indent = content.length - content.trimStart().length;
    const span = { source, start: start + indent, end: start + content.length };
    if (names.length > 0) yield { entry: { address, span }, names };
    start = next + 1;
  }
}
