import type { FpmEntry, FpmValue } from '../../syntax/fpm/entry.ts';
import { parseBoolean } from '../../syntax/fpm/value.ts';
import type { Span } from '../../syntax/source.ts';
import { inFull } from './paths.ts';
import { placeOf } from './setting.ts';

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

/** The `php_value`s and `php_admin_value`s of a pool, in the order of their lines. */
export function phpDefinesOf(
  entries: readonly FpmEntry[],
  poolPrefix: string | undefined,
  prefix: string | undefined,
  isChrooted: boolean,
): readonly PhpDefine[] {
  const defines: PhpDefine[] = [];
  for (const entry of entries) {
    const { arrayKey, name } = entry;
    if (entry.refused || arrayKey?.kind !== 'known') continue;
    const isFlag = name === 'php_flag' || name === 'php_admin_flag';
    if (!isFlag && name !== 'php_value' && name !== 'php_admin_value') continue;
    const isAdmin = name.startsWith('php_admin_');
    const value = isFlag ? flag(entry.value) : entry.value;
    defines.push({
      name: arrayKey.text,
      value: isChrooted ? value : expand(arrayKey.text, value, isAdmin, poolPrefix, prefix),
      isAdmin,
      span: placeOf(entry),
      nameSpan: entry.arrayKeySpan ?? entry.keySpan,
    });
  }
  return defines.slice();
}

/** The environment of a pool's workers, in the order of its lines; of two with one name the first one counts. */
export function variablesOf(entries: readonly FpmEntry[]): readonly PoolVariable[] {
  const variables: PoolVariable[] = [];
  for (const entry of entries) {
    if (entry.name !== 'env' || entry.refused || entry.arrayKey?.kind !== 'known') continue;
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

function expand(
  name: string,
  value: FpmValue,
  isAdmin: boolean,
  poolPrefix: string | undefined,
  prefix: string | undefined,
): FpmValue {
  const key = name.toLowerCase();
  if (value.kind === 'unknown' || !pathDirectives.has(key)) return value;
  if (isAdmin && key === 'error_log' && value.text.toLowerCase() === 'syslog') return value;
  const path = inFull(value.text, poolPrefix, prefix);
  if (path !== undefined) return { kind: 'known', text: path };
  return { kind: 'unknown', why: 'the prefix of this php-fpm is not known', text: value.text };
}
