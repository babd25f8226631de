import type { FpmEntry, FpmValue } from '../../syntax/fpm/entry.ts';
import { parseBoolean } from '../../syntax/fpm/value.ts';
import type { Span } from '../../syntax/source.ts';
import { isAdminArray, isFlagArray } from './key-table.ts';
import { inFull } from './paths.ts';
import type { SectionLines } from './section-lines.ts';
import { knownValue, placeOf, type Setting } from './setting.ts';

/** A php.ini directive that a pool sets. */
export interface PhpDefine {
  /** As it is written: php.ini directives are case-sensitive. */
  readonly name: string;
  readonly value: FpmValue;
  /** `php_admin_value` and `php_admin_flag`, which scripts and `.user.ini` cannot change. */
  readonly isAdmin: boolean;
  readonly span: Span;
  readonly nameSpan: Span;
}

/** An environment variable that a pool sets. */
export interface PoolVariable {
  readonly name: string;
  /** Unknown where it stands for a variable of the master's own environment: `$PATH`. */
  readonly value: FpmValue;
  readonly span: Span;
}

/** php.ini directives whose values are paths that php-fpm puts under the prefix (`FPM_PHP_INI_TO_EXPAND` of fpm_php.h). */
const pathDirectives: ReadonlySet<string> = new Set([
  'error_log',
  'extension_dir',
  'mime_magic.magicfile',
  'sendmail_path',
  'session.cookie_path',
  'session_pgsql.sem_file_name',
  'soap.wsdl_cache_dir',
  'uploadprogress.file.filename_template',
  'xdebug.output_dir',
  'xdebug.profiler_output_dir',
  'xdebug.trace_output_dir',
  'xmms.path',
  'axis2.client_home',
  'blenc.key_file',
  'coin_acceptor.device',
]);

/** What a line of a pool hands to PHP; `undefined` where php-fpm does not take it, or its name is not known. */
export function phpDefineAt(
  index: number,
  pool: DefiningPool,
  prefix: string | undefined,
): PhpDefine | undefined {
  const line = pool.section.lines[index];
  if (!line || line.refused || line.arrayKey?.kind !== 'known') return undefined;
  const name = line.arrayKey.text;
  const value = isFlagArray(line.name) ? flag(line.value) : line.value;
  const isAdmin = isAdminArray(line.name);
  return new PlacedDefine(name, inFullFor(pool, name, value, isAdmin, prefix), isAdmin, pool.section, index);
}

/** What must be known of a pool to tell what its lines hand to PHP. */
interface DefiningPool {
  readonly section: SectionLines;
  readonly prefix: Setting<string | undefined>;
}

/** Works out where it stands when asked. */
class PlacedDefine implements PhpDefine {
  readonly name: string;
  readonly value: FpmValue;
  readonly isAdmin: boolean;
  readonly #section: SectionLines;
  readonly #index: number;

  constructor(name: string, value: FpmValue, isAdmin: boolean, section: SectionLines, index: number) {
    this.name = name;
    this.value = value;
    this.isAdmin = isAdmin;
    this.#section = section;
    this.#index = index;
  }

  get span(): Span {
    return placeOf(this.#section.entry(this.#index));
  }

  get nameSpan(): Span {
    const entry = this.#section.entry(this.#index);
    return entry.arrayKeySpan ?? entry.keySpan;
  }
}

/** The environment of a pool's workers by its `env` lines, in their order; of two with one name the first one counts. */
export function variablesOf(entries: readonly FpmEntry[]): readonly PoolVariable[] {
  const variables: PoolVariable[] = [];
  for (const entry of entries) {
    if (entry.refused || entry.arrayKey?.kind !== 'known') continue;
    variables.push({ name: entry.arrayKey.text, value: fromMaster(entry.value), span: placeOf(entry) });
  }
  return variables;
}

function fromMaster(value: FpmValue): FpmValue {
  if (value.kind === 'unknown' || !value.text.startsWith('$')) return value;
  return {
    kind: 'unknown',
    why: `the environment variable ${value.text.slice(1)} of php-fpm is not known`,
    text: value.text,
  };
}

function flag(value: FpmValue): FpmValue {
  if (value.kind === 'unknown') return value;
  const parsed = parseBoolean(value.text, undefined);
  return { kind: 'known', text: parsed.kind === 'ok' && parsed.value ? '1' : '0' };
}

/** Nothing is put under a prefix where the workers see another root. */
function inFullFor(
  pool: DefiningPool,
  name: string,
  value: FpmValue,
  isAdmin: boolean,
  prefix: string | undefined,
): FpmValue {
  const key = name.toLowerCase();
  if (value.kind === 'unknown' || !pathDirectives.has(key)) return value;
  if (pool.section.sets('chroot')) return value;
  if (isAdmin && key === 'error_log' && value.text.toLowerCase() === 'syslog') return value;
  const path = inFull(value.text, knownValue(pool.prefix), prefix);
  if (path !== undefined) return { kind: 'known', text: path };
  return { kind: 'unknown', why: 'the prefix of this php-fpm is not known', text: value.text };
}
