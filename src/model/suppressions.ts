import type { FpmEntry } from '../syntax/fpm/entry.ts';
import { commentsOf } from '../syntax/nginx/comments.ts';
import type { ParsedNginx } from '../syntax/nginx/tree.ts';
import type { Source } from '../syntax/source.ts';
import {
  markedComments,
  mayHoldSuppressions,
  readSuppressions,
  type Suppression,
} from '../syntax/suppression.ts';
import type { App } from './apps/app.ts';
import type { Master } from './fpm/master.ts';

/** What a host was read from, as far as comments in it can leave findings out. */
export interface SuppressionSources {
  readonly nginx: readonly ParsedNginx[];
  readonly masters: readonly Master[];
  readonly apps: readonly App[];
}

/** The suppressions of all files of a host, in the order of each file; a file read under several names gives its own once. */
export function collectSuppressions({ nginx, masters, apps }: SuppressionSources): readonly Suppression[] {
  const found: Suppression[] = [];
  const seen = new Set<string>();
  const visit = (source: Source, read: () => readonly Suppression[]): void => {
    if (!mayHoldSuppressions(source) || seen.has(source.file)) return;
    seen.add(source.file);
    for (const each of read()) found.push(each);
  };
  for (const { source } of nginx) visit(source, () => readSuppressions(source, commentsOf(source)));
  for (const { files, config, phpIni } of masters) {
    let entries: ReadonlyMap<Source, readonly FpmEntry[]> | undefined;
    for (const source of files) {
      visit(source, () => {
        entries ??= bySource(config.entries);
        return inPoolFile(source, entries.get(source) ?? []);
      });
    }
    for (const source of phpIni?.files ?? []) visit(source, () => inText(source, ';'));
  }
  // What declares apps is YAML, a unit or JavaScript.
  for (const { span } of apps) if (span) visit(span.source, () => inText(span.source, '#;/'));
  return found;
}

function inText(source: Source, openers: string): readonly Suppression[] {
  return readSuppressions(source, markedComments(source, openers));
}

function bySource(entries: readonly FpmEntry[]): ReadonlyMap<Source, readonly FpmEntry[]> {
  const found = new Map<Source, FpmEntry[]>();
  for (const entry of entries) {
    const same = found.get(entry.source);
    if (same) same.push(entry);
    else found.set(entry.source, [entry]);
  }
  return found;
}

/** A `;` in the quotes of a value opens no comment. */
function inPoolFile(source: Source, entries: readonly FpmEntry[]): readonly Suppression[] {
  // A file that is included twice has its entries twice.
  const values = entries.map(({ valueSpan }) => valueSpan).sort((a, b) => a.start - b.start);
  let next = 0;
  const comments = markedComments(source, ';').filter(({ start }) => {
    while ((values[next]?.end ?? start + 1) <= start) next++;
    const value = values[next];
    return !value || value.start > start;
  });
  return readSuppressions(source, comments);
}
