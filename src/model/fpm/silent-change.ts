import type { FpmEntry } from '../../syntax/fpm/entry.ts';
import type { FpmLine } from '../../syntax/fpm/fpm-line.ts';
import { entryOf } from '../../syntax/fpm/placed-entry.ts';
import type { Master } from './master.ts';
import { hashAt } from './meant-listen.ts';
import type { Pool } from './pool.ts';

/** A line of a pool whose value is not what was written, though php-fpm says nothing. */
export interface ChangedEntry {
  readonly pool: Pool;
  readonly entry: FpmEntry;
  /** `comment`: what follows a `;` is dropped. `expression`: `&`, `|` and `^` make a number of it. */
  readonly by: 'comment' | 'expression';
  /** As it was written, up to the end of the line. */
  readonly written: string;
}

/** Lines where a part behind a blank and a `#` that look like a comment does no harm, or is reported by the account's name. */
const harmless: ReadonlySet<string> = new Set([
  'user',
  'group',
  'listen.owner',
  'listen.group',
  'listen.mode',
  'security.limit_extensions',
]);

/** The unquoted values that hold a `#` behind a blank: php-fpm knows no such comments. */
export function hashedEntries(master: Master): readonly { readonly pool: Pool; readonly entry: FpmEntry }[] {
  return entriesWhere(
    master,
    ({ name, value }) => !harmless.has(name) && hashAt(value.text) !== undefined,
  ).filter(({ entry }) => hashAt(rawOf(entry)) !== undefined);
}

/**
 * The texts handed to PHP that php-fpm's scanner cuts or computes, because they are not quoted.
 * https://github.com/php/php-src/blob/PHP-8.2/Zend/zend_ini_scanner.l
 */
export function changedEntries(master: Master): readonly ChangedEntry[] {
  return entriesWhere(master, isForPhp).flatMap(({ pool, entry }): readonly ChangedEntry[] => {
    const raw = rawOf(entry);
    if (raw === '') return [];
    const rest = restOfLine(entry);
    if (/^;\S/.test(rest)) return [{ pool, entry, by: 'comment', written: raw + rest.trimEnd() }];
    return isComputed(raw, entry.value.text) ? [{ pool, entry, by: 'expression', written: raw }] : [];
  });
}

function isForPhp({ name }: FpmLine): boolean {
  return name === 'env' || name === 'php_value' || name === 'php_admin_value';
}

/**
 * The lines of all pools that php-fpm takes and that have what is asked for. Those of plain characters are left out: they are what was
 * written.
 */
function entriesWhere(
  { pools }: Master,
  isWanted: (line: FpmLine) => boolean,
): readonly { readonly pool: Pool; readonly entry: FpmEntry }[] {
  const found: { pool: Pool; entry: FpmEntry }[] = [];
  for (const pool of pools) {
    for (const stretch of pool.section.stretches) {
      if (stretch.isPlain) continue;
      stretch.lines.forEach((line, index) => {
        if (line.isPlain || line.refused || line.value.kind === 'unknown' || !isWanted(line)) return;
        found.push({ pool, entry: entryOf(stretch, index) });
      });
    }
  }
  return found;
}

/** The value as it is written; nothing where it is quoted, since then every character is meant. */
function rawOf({ source, valueSpan }: FpmEntry): string {
  const raw = source.text.slice(valueSpan.start, valueSpan.end);
  return raw.includes('"') || raw.includes("'") ? '' : raw;
}

function restOfLine({ source, valueSpan }: FpmEntry): string {
  const newline = source.text.indexOf('\n', valueSpan.end);
  return source.text.slice(valueSpan.end, newline === -1 ? source.text.length : newline);
}

/** Constants and numbers are computed on purpose: `E_ALL & ~E_NOTICE`. */
function isComputed(raw: string, value: string): boolean {
  return /[&|^]/.test(raw) && /^-?\d+$/.test(value) && !/^[\sA-Z0-9_&|^~!()]+$/.test(raw);
}
