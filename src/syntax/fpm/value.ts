import { atoi } from '../zend/value.ts';
import { compareVersions, type FpmValueType } from './directives.ts';

/** A value as php-fpm takes it, or what it says where it does not. */
export type Parsed<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | {
      readonly kind: 'error';
      /** php-fpm's own words behind `unable to parse value for entry 'x': `. */
      readonly message: string;
    };

/** How a pool starts its workers: https://www.php.net/manual/en/install.fpm.configuration.php#pm */
export type ProcessManager = 'static' | 'dynamic' | 'ondemand';

function ok<T>(value: T): Parsed<T> {
  return { kind: 'ok', value };
}

function error(message: string): Parsed<never> {
  return { kind: 'error', message };
}

/** Digits with an optional minus before them; nothing at all is 0. Cut to 32 bits. */
export function parseInteger(text: string): Parsed<number> {
  for (let i = text.startsWith('-') ? 1 : 0; i < text.length; i++) {
    if (!isDigitAt(text, i)) return error('is not a valid number (greater or equal than zero)');
  }
  return ok(atoi(text));
}

/**
 * Seconds. Only the last character is looked at as a unit, and only the leading digits count:
 * `30 s` is 30 seconds and `500ms` is 500.
 */
export function parseTime(text: string): Parsed<number> {
  if (text === '') return error('invalid time value');
  const number = atoi(text.slice(0, -1));
  switch (text.at(-1)) {
    case 's':
      return ok(number);
    case 'm':
      return ok(Math.imul(number, 60));
    case 'h':
      return ok(Math.imul(number, 3600));
    case 'd':
      return ok(Math.imul(number, 86_400));
    default:
      if (!isDigitAt(text, text.length - 1)) return error('unknown suffix used in time value');
      return ok(atoi(text));
  }
}

/**
 * The scanner has already turned unquoted words into `1` and nothing. PHP 8.2 and later also take the words themselves,
 * in lower case, as they come from quotes or from the environment (GH-13563).
 */
export function parseBoolean(text: string, version: string | undefined): Parsed<boolean> {
  if (text === '1') return ok(true);
  if (text === '') return ok(false);
  const takesWords = version === undefined || compareVersions(version, '8.2') >= 0;
  if (takesWords && (text === 'yes' || text === 'true' || text === 'on')) return ok(true);
  if (takesWords && ['0', 'no', 'none', 'false', 'off'].includes(text)) return ok(false);
  return error('invalid boolean value');
}

/** The process manager, in any case. */
export function parseProcessManager(text: string): Parsed<ProcessManager> {
  const name = asciiLowerCase(text);
  if (name === 'static' || name === 'dynamic' || name === 'ondemand') return ok(name);
  return error('invalid process manager (static, dynamic or ondemand)');
}

/** The level in its normal name. */
export function parseLogLevel(text: string): Parsed<string> {
  const name = asciiLowerCase(text);
  if (name === 'warn') return ok('warning');
  if (['debug', 'notice', 'warning', 'error', 'alert'].includes(name)) return ok(name);
  return error("invalid value for 'log_level'");
}

/** Bytes, or -1 for no limit. */
export function parseCoreLimit(text: string): Parsed<number> {
  if (asciiLowerCase(text) === 'unlimited') return ok(-1);
  const number = parseInteger(text);
  if (number.kind === 'ok' && number.value < 0) return error("must be greater than zero or 'unlimited'");
  return number;
}

const facilities: ReadonlyMap<string, number> = new Map([
  ['kern', 0],
  ['user', 8],
  ['mail', 16],
  ['daemon', 24],
  ['auth', 32],
  ['syslog', 40],
  ['lpr', 48],
  ['news', 56],
  ['uucp', 64],
  ['cron', 72],
  ['authpriv', 80],
  ['ftp', 88],
  ['local0', 128],
  ['local1', 136],
  ['local2', 144],
  ['local3', 152],
  ['local4', 160],
  ['local5', 168],
  ['local6', 176],
  ['local7', 184],
]);

/** The number of the facility as syslog(3) has it on Linux. */
export function parseSyslogFacility(text: string): Parsed<number> {
  const number = facilities.get(asciiLowerCase(text));
  return number === undefined ? error('invalid value') : ok(number);
}

/** What php-fpm says of a value of a type; `undefined` where it takes it. */
export function valueError(
  type: FpmValueType,
  text: string,
  version: string | undefined,
): string | undefined {
  const parsed = parseAs(type, text, version);
  return parsed.kind === 'error' ? parsed.message : undefined;
}

function parseAs(type: FpmValueType, text: string, version: string | undefined): Parsed<unknown> {
  switch (type) {
    case 'string':
      return ok(text);
    case 'integer':
      return parseInteger(text);
    case 'time':
      return parseTime(text);
    case 'boolean':
      return parseBoolean(text, version);
    case 'pm':
      return parseProcessManager(text);
    case 'log-level':
      return parseLogLevel(text);
    case 'rlimit-core':
      return parseCoreLimit(text);
    case 'syslog-facility':
      return parseSyslogFacility(text);
    default:
      return type satisfies never;
  }
}

/** Lower case as C's `strcasecmp` compares: ASCII letters only. */
export function asciiLowerCase(text: string): string {
  let at = 0;
  while (at < text.length && !isCapital(text.charCodeAt(at))) at++;
  // Nearly every key is in small letters.
  if (at === text.length) return text;
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isCapital(char: number): boolean {
  return char >= 65 && char <= 90;
}

function isDigitAt(text: string, index: number): boolean {
  const char = text.charCodeAt(index);
  return char >= 48 && char <= 57;
}
