import { baseName } from '../syntax/path-parts.ts';
import { isTellingDirective } from './nginx-context.ts';

/** What a file is, told by what stands in it. */
export type FileKind =
  | 'nginx-main'
  | 'nginx-site'
  | 'fpm-global'
  | 'fpm-pool'
  | 'php-ini'
  | 'passwd'
  | 'group'
  | 'other';

/** How much of a file is looked at, in UTF-16 units: licence headers are long, but not longer. */
const LOOKED_AT = 256 * 1024;

/** Keys that only a pool has. https://www.php.net/manual/en/install.fpm.configuration.php */
const POOL_KEYS: ReadonlySet<string> = new Set([
  ...[
    'pm',
    'listen',
    'slowlog',
    'chroot',
    'chdir',
    'clear_env',
    'catch_workers_output',
    'decorate_workers_output',
  ],
  ...['request_terminate_timeout', 'request_slowlog_timeout', 'request_slowlog_trace_depth', 'apparmor_hat'],
  ...[
    'request_terminate_timeout_track_finished',
    'rlimit_files',
    'rlimit_core',
    'access.log',
    'access.format',
  ],
  ...['ping.path', 'ping.response', 'security.limit_extensions', 'env', 'php_value', 'php_flag'],
  ...['php_admin_value', 'php_admin_flag'],
]);

/** Keys that only the `[global]` section of php-fpm has. */
const GLOBAL_KEYS: ReadonlySet<string> = new Set([
  ...['emergency_restart_threshold', 'emergency_restart_interval', 'process_control_timeout', 'process.max'],
  ...['process_max', 'events.mechanism', 'systemd_interval', 'daemonize', 'log_limit', 'log_buffering'],
]);

/** Settings that every php.ini in use has one of. https://www.php.net/manual/en/ini.list.php */
const INI_KEYS: ReadonlySet<string> = new Set([
  ...['memory_limit', 'max_execution_time', 'max_input_time', 'max_input_vars', 'upload_max_filesize'],
  ...['post_max_size', 'date.timezone', 'display_errors', 'display_startup_errors', 'error_reporting'],
  ...['log_errors', 'expose_php', 'extension', 'zend_extension', 'extension_dir', 'short_open_tag'],
  ...[
    'disable_functions',
    'allow_url_fopen',
    'default_socket_timeout',
    'output_buffering',
    'variables_order',
  ],
  ...['cgi.fix_pathinfo', 'realpath_cache_size', 'file_uploads', 'sendmail_path'],
]);

/** Prefixes of the settings that extensions bring. */
const INI_PREFIXES = [
  'opcache.',
  'session.',
  'xdebug.',
  'apc.',
  'mbstring.',
  'newrelic.',
  'mysqli.',
] as const;

interface Evidence {
  pool: number;
  global: number;
  ini: number;
  /** Lines that have the shape of a directive, and how many of them a known one. */
  shaped: number;
  nginx: number;
  lines: number;
  sections: number;
  include: boolean;
  globalSection: boolean;
  supervisorSection: boolean;
  nginxMain: boolean;
}

const isKeyCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 46;

/** The first word of a line: letters, digits, `_` and `.`. */
function firstWord(line: string): string {
  let end = 0;
  while (end < line.length && isKeyCharacter(line.charCodeAt(end))) end++;
  return line.slice(0, end);
}

/** Takes `key = value` and `key[name] = value` as evidence. */
function weighSetting(key: string, section: string, evidence: Evidence): void {
  const name = key.toLowerCase();
  const isDotted = name.startsWith('pm.') || name.startsWith('listen.');
  if (POOL_KEYS.has(name) || isDotted) evidence.pool++;
  else if (GLOBAL_KEYS.has(name)) evidence.global++;
  else if (INI_KEYS.has(name) || INI_PREFIXES.some((prefix) => name.startsWith(prefix))) evidence.ini++;
  else if (name === 'include' || (section === 'global' && (name === 'pid' || name === 'error_log'))) {
    evidence.global++;
    evidence.include ||= name === 'include';
  }
}

/** supervisord starts php-fpm in many images and shares keys with it (`user`, `logfile`). http://supervisord.org/configuration.html */
function isSupervisors(section: string): boolean {
  return section === 'supervisord' || section === 'supervisorctl' || section.startsWith('program:');
}

/** Where a comment at the end of a line begins, the line ends for us: `listen 80; # public`. */
function withoutComment(line: string): string {
  const comment = line.indexOf(' #');
  return comment === -1 ? line : line.slice(0, comment).trimEnd();
}

/** Takes a line as nginx's where a word is followed by a space, a block or its end, and the line ends a directive or a block. */
function weighDirective(word: string, rest: string, evidence: Evidence): void {
  const next = rest.charAt(0);
  const content = withoutComment(rest);
  const last = content.charAt(content.length - 1);
  const isTelling = isTellingDirective(word);
  const opensBlock = content.trimStart().startsWith('{') || content === '';
  if (isTelling && opensBlock && MAIN_BLOCKS.has(word)) evidence.nginxMain = true;
  if (next !== ' ' && next !== '\t' && next !== '{' && next !== ';') return;
  if (last !== ';' && last !== '{' && last !== '}') return;
  evidence.shaped++;
  if (isTelling) evidence.nginx++;
}

const MAIN_BLOCKS: ReadonlySet<string> = new Set(['http', 'events', 'stream']);

function weigh(text: string): Evidence {
  const evidence: Evidence = {
    pool: 0,
    global: 0,
    ini: 0,
    shaped: 0,
    nginx: 0,
    lines: 0,
    sections: 0,

    include: false,
    globalSection: false,
    supervisorSection: false,
    nginxMain: false,
  };
  let section = '';
  for (const raw of text.slice(0, LOOKED_AT).split('\n')) {
    const line = raw.trim();
    const first = line.charAt(0);
    if (first === '' || first === '#' || first === ';') continue;
    evidence.lines++;
    if (first === '[') {
      evidence.sections++;
      section = line.slice(1, line.indexOf(']')).trim().toLowerCase();
      evidence.globalSection ||= section === 'global';
      evidence.supervisorSection ||= isSupervisors(section);
      continue;
    }
    const word = firstWord(line);
    if (word === '') continue;
    const rest = line.slice(word.length);
    const setting = rest.trimStart().charAt(0);
    if (setting === '=' || (setting === '[' && rest.includes('='))) weighSetting(word, section, evidence);
    else weighDirective(word, rest, evidence);
  }
  return evidence;
}

function isAccountFile(text: string, fields: number): boolean {
  const [first = ''] = text.split('\n', 1);
  return first.split(':').length === fields;
}

/** Directories whose `*.conf` are pools by convention, even where every line is a comment. */
function isInPoolDirectory(path: string): boolean {
  return path.endsWith('.conf') && (path.includes('/pool.d/') || path.includes('/php-fpm.d/'));
}

/** Tells what a file is from its text; its name only decides where the text does not. */
export function classify(path: string, text: string): FileKind {
  const name = baseName(path);
  if (name === 'passwd' && isAccountFile(text, 7)) return 'passwd';
  if (name === 'group' && isAccountFile(text, 4)) return 'group';
  const evidence = weigh(text);
  const { pool, global, ini, include, globalSection, supervisorSection } = evidence;
  if (supervisorSection) return 'other';
  if (isNginx(path, evidence)) return evidence.nginxMain ? 'nginx-main' : 'nginx-site';
  if (pool + global > 0 && pool + global >= ini) {
    const isMaster = include || (globalSection && (pool === 0 || name === 'php-fpm.conf'));
    return isMaster && !isInPoolDirectory(path) ? 'fpm-global' : 'fpm-pool';
  }
  if (ini > 0 || name === 'php.ini') return 'php-ini';
  if (name === 'nginx.conf' && evidence.sections === 0) return 'nginx-main';
  return isInPoolDirectory(path) ? 'fpm-pool' : 'other';
}

/** Known directives tell; in a `*.conf`, so do lines that nearly all end in `;` or a brace. */
function isNginx(path: string, { pool, global, ini, nginx, shaped, lines, sections }: Evidence): boolean {
  const settings = pool + global + ini;
  if (nginx > 0) return nginx >= settings;
  return settings === 0 && sections === 0 && path.endsWith('.conf') && shaped * 2 > lines;
}
