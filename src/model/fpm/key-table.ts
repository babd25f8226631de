import type { FpmLine } from '../../syntax/fpm/fpm-line.ts';

/** Which lines of a section set what. */
export interface KeyTable {
  /** The line that counts for each directive, the last one. */
  readonly directives: ReadonlyMap<string, number>;
  /** The lines of directives that a later one overrides, in order. */
  readonly overridden: ReadonlyMap<string, readonly number[]>;
  /** The lines of each array, in order: `env`, `access.suppress_path`. */
  readonly arrays: ReadonlyMap<string, readonly number[]>;
  /** The lines that hand something to PHP, in order. */
  readonly defines: readonly number[];
  /** The same by what they set, the one that counts first: `php_admin_value` before `php_value`, and of two the upper. */
  readonly phpSettings: ReadonlyMap<string, readonly number[]>;
}

/** What a section may begin with, and what may follow: a directive or array, and what stands in its brackets. */
interface Beginning {
  readonly next: Map<string, Beginning>;
  readonly within: Map<string, Beginning>;
  table?: KeyTable;
}

function beginning(): Beginning {
  return { next: new Map(), within: new Map() };
}

const empty = beginning();
let beginnings = 0;

/** So many are kept; ten thousand pools of one panel need a few dozen. */
const BEGINNINGS_MAX = 20_000;

/** A longer section is hardly ever written twice. */
const SHARED_MAX = 128;

/** The section asked about before: the next one mostly has the same keys. */
let before: { readonly lines: readonly FpmLine[]; readonly table: KeyTable } | undefined;

/** Which lines set what. Sections with the same keys in the same order, as the pools of a panel have them, share one table. */
export function keyTableOf(lines: readonly FpmLine[]): KeyTable {
  if (before && haveSameKeys(before.lines, lines)) return before.table;
  const last = lines.length > SHARED_MAX ? undefined : beginningOf(lines);
  if (!last) return tableOf(lines);
  last.table ??= tableOf(lines);
  before = { lines, table: last.table };
  return last.table;
}

function haveSameKeys(some: readonly FpmLine[], others: readonly FpmLine[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at++) {
    const one = some[at];
    const other = others[at];
    if (one === other) continue;
    if (one?.name !== other?.name || one?.arrayKey?.text !== other?.arrayKey?.text) return false;
  }
  return true;
}

/** `undefined` where no more are kept. */
function beginningOf(lines: readonly FpmLine[]): Beginning | undefined {
  let at: Beginning | undefined = empty;
  for (const { name, arrayKey } of lines) {
    at = following(at.next, name);
    if (at && arrayKey) at = following(at.within, arrayKey.text);
    if (!at) return undefined;
  }
  return at;
}

function following(ways: Map<string, Beginning>, key: string): Beginning | undefined {
  const known = ways.get(key);
  if (known || beginnings >= BEGINNINGS_MAX) return known;
  beginnings++;
  const made = beginning();
  ways.set(key, made);
  return made;
}

function tableOf(lines: readonly FpmLine[]): KeyTable {
  const directives = new Map<string, number>();
  const overridden = new Map<string, number[]>();
  const arrays = new Map<string, number[]>();
  const defines: number[] = [];
  const byAdmins = new Map<string, number[]>();
  const byOthers = new Map<string, number[]>();
  lines.forEach(({ name, arrayKey }, at) => {
    if (!arrayKey) {
      const before = directives.get(name);
      if (before !== undefined) push(overridden, name, before);
      directives.set(name, at);
      return;
    }
    push(arrays, name, at);
    if (!isPhpArray(name)) return;
    defines.push(at);
    push(isAdminArray(name) ? byAdmins : byOthers, arrayKey.text, at);
  });
  const phpSettings = new Map<string, readonly number[]>(byAdmins);
  for (const [name, others] of byOthers) phpSettings.set(name, [...(byAdmins.get(name) ?? []), ...others]);
  return { directives, overridden, arrays, defines, phpSettings };
}

function push(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key);
  if (list) list.push(at);
  else lists.set(key, [at]);
}

function isPhpArray(name: string): boolean {
  return isAdminArray(name) || name === 'php_value' || name === 'php_flag';
}

/** `php_admin_value` and `php_admin_flag`, which scripts and `.user.ini` cannot change. */
export function isAdminArray(name: string): boolean {
  return name === 'php_admin_value' || name === 'php_admin_flag';
}

/** Of these the value is on or off. */
export function isFlagArray(name: string): boolean {
  return name === 'php_flag' || name === 'php_admin_flag';
}
