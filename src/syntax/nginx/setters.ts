import { captureCount } from './captures.ts';
import { refusalOfCondition } from './condition.ts';
import type { NginxContext } from './contexts.ts';
import { isNumber, refusalOfSlot } from './slots.ts';
import type { Directive, Word } from './tree.ts';
import { compareVersions } from './version.ts';

/** What nginx says of an argument, and which one. */
export interface ValueRefusal {
  readonly message: string;
  readonly word: Word;
  /** False where a newer nginx, or a module, may take it. */
  readonly fatal: boolean;
  /** Where there is a better name for it than an invalid value. */
  readonly kind?: 'unsupported-resolve';
}

type Setter = (directive: Directive, version: string | undefined) => ValueRefusal | undefined;

const LOG_LEVELS: ReadonlySet<string> = new Set([
  ...['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'],
  ...['debug_core', 'debug_alloc', 'debug_mutex', 'debug_event', 'debug_http', 'debug_mail', 'debug_stream'],
]);
const REWRITE_FLAGS: ReadonlySet<string> = new Set(['last', 'break', 'redirect', 'permanent']);
const LOCATION_MODIFIERS: ReadonlySet<string> = new Set(['=', '^~', '~', '~*']);

/** Parameters by name, a trailing `=` where a value follows, and the nginx version each came with. */
type Parameters = Readonly<Record<string, string>>;

// biome-ignore format: a plain list
const LISTEN_PARAMETERS: Parameters = {
  default_server: '0', default: '0', bind: '0', deferred: '0', reuseport: '0', ssl: '0', proxy_protocol: '0',
  'setfib=': '0', 'fastopen=': '0', 'backlog=': '0', 'rcvbuf=': '0', 'sndbuf=': '0', 'accept_filter=': '0',
  'ipv6only=': '0', 'so_keepalive=': '0', http2: '0', spdy: '0', quic: '1.25.0', http3: '1.25.0', multipath: '1.29.7',
};

// biome-ignore format: a plain list
const SERVER_PARAMETERS: Parameters = {
  backup: '0', down: '0', 'weight=': '0', 'max_conns=': '0', 'max_fails=': '0', 'fail_timeout=': '0',
  resolve: '1.27.3', 'service=': '1.27.3', 'slow_start=': '1.27.0', drain: '1.27.0', 'route=': '1.27.0',
};

/** The last nginx version the two lists of parameters were checked against. */
const LISTS_CHECKED_AT = '1.29.0';

const HTTP_SETTERS: Readonly<Record<string, Setter>> = {
  if: ({ args }) => {
    const refusal = refusalOfCondition(args);
    return refusal && { ...refusal, fatal: true };
  },
  location: (directive) => {
    const [modifier, name] = directive.statement.values;
    if (modifier === undefined || name === undefined || LOCATION_MODIFIERS.has(modifier)) return undefined;
    const [word] = directive.args;
    return word && { message: `invalid location modifier "${modifier}"`, word, fatal: true };
  },
  rewrite: ({ args: [, , flag] }) =>
    flag && !REWRITE_FLAGS.has(flag.value) ? invalidParameter(flag) : undefined,
  return: returnCode,
  set: ({ args: [name] }) => variableName(name),
  map: ({ args: [, name] }) => variableName(name),
  split_clients: ({ args: [, name] }) => variableName(name),
  geo: ({ args }) => args.map(variableName).find((refusal) => refusal !== undefined),
  auth_request_set: ({ args: [name] }) => variableName(name),
  error_log: logLevel,
  listen: ({ args }, version) => parameters(args.slice(1), LISTEN_PARAMETERS, version),
  error_page: ({ args }) => errorPageCodes(args),
  fastcgi_split_path_info: ({ args: [pattern] }) => pattern && twoCaptures(pattern),
  keepalive_timeout: ({ name, args: [, header] }) => {
    if (!header) return undefined;
    const message = refusalOfSlot('sec', name, header.value);
    return message === undefined ? undefined : { message, word: header, fatal: true };
  },
};

/** Before it, an upstream that keeps no connections had no `keepalive` at all. https://nginx.org/en/CHANGES */
const KEEPALIVE_MAY_BE_ZERO = '1.29.7';

const UPSTREAM_SETTERS: Readonly<Record<string, Setter>> = {
  server: ({ args }, version) => {
    const refusal = parameters(args.slice(1), SERVER_PARAMETERS, version);
    const isResolve = refusal?.word.value === 'resolve' || refusal?.word.value.startsWith('service=');
    return refusal && (isResolve ? { ...refusal, kind: 'unsupported-resolve' } : refusal);
  },
  keepalive: ({ name, args: [count] }, version) => {
    if (!count || (isNumber(count.value) && Number(count.value) > 0)) return undefined;
    const isOld = version !== undefined && compareVersions(version, KEEPALIVE_MAY_BE_ZERO) < 0;
    const message = `invalid value "${count.value}" in "${name}" directive`;
    return { message, word: count, fatal: isOld || !isNumber(count.value) };
  },
};

const MAIN_SETTERS: Readonly<Record<string, Setter>> = {
  error_log: logLevel,
  worker_processes: ({ args: [count] }) =>
    count && count.value !== 'auto' && !isNumber(count.value)
      ? { message: '"worker_processes" directive invalid value', word: count, fatal: true }
      : undefined,
};

const EVENTS_SETTERS: Readonly<Record<string, Setter>> = {
  worker_connections: ({ args: [count] }) =>
    count && !isNumber(count.value)
      ? { message: `invalid number "${count.value}"`, word: count, fatal: true }
      : undefined,
};

/** What nginx's own function for a directive says of its arguments, for the commonest directives that have one. */
export function refusalOfArguments(
  directive: Directive,
  context: NginxContext,
  version: string | undefined,
): ValueRefusal | undefined {
  const setters = settersOf(context);
  return looksAtArguments(directive.name, context)
    ? setters[directive.name]?.(directive, version)
    : undefined;
}

/** Whether {@link refusalOfArguments} may refuse any directive of that name. */
export function looksAtArguments(name: string, context: NginxContext): boolean {
  // `in` would also find what every object inherits.
  return Object.hasOwn(settersOf(context), name);
}

function settersOf(context: NginxContext): Readonly<Record<string, Setter>> {
  switch (context) {
    case 'main':
      return MAIN_SETTERS;
    case 'events':
      return EVENTS_SETTERS;
    case 'upstream':
      return UPSTREAM_SETTERS;
    case 'http':
    case 'server':
    case 'location':
    case 'if-in-server':
    case 'if-in-location':
    case 'limit_except':
      return HTTP_SETTERS;
    default:
      return {};
  }
}

function invalidParameter(word: Word, fatal = true): ValueRefusal {
  return { message: `invalid parameter "${word.value}"`, word, fatal };
}

function variableName(word: Word | undefined): ValueRefusal | undefined {
  if (!word || word.value.startsWith('$')) return undefined;
  return { message: `invalid variable name "${word.value}"`, word, fatal: true };
}

function twoCaptures(pattern: Word): ValueRefusal | undefined {
  const count = captureCount(pattern.value);
  if (count === undefined || count === 2) return undefined;
  return { message: `pattern "${pattern.value}" must have 2 captures`, word: pattern, fatal: true };
}

function logLevel({ args }: Directive): ValueRefusal | undefined {
  const wrong = args.slice(1).find((level) => !LOG_LEVELS.has(level.value));
  return wrong && { message: `invalid log level "${wrong.value}"`, word: wrong, fatal: true };
}

function returnCode(directive: Directive): ValueRefusal | undefined {
  const { values } = directive.statement;
  const code = values[0];
  if (code === undefined || (isNumber(code) && Number(code) <= 999)) return undefined;
  const isUrl = code.startsWith('http://') || code.startsWith('https://') || code.startsWith('$');
  if (!isNumber(code) && values.length === 1 && isUrl) return undefined;
  const [word] = directive.args;
  return word && { message: `invalid return code "${code}"`, word, fatal: true };
}

function errorPageCodes(args: readonly Word[]): ValueRefusal | undefined {
  for (const [index, code] of args.slice(0, -1).entries()) {
    // `error_page 404 =200 /x`: what follows the `=` is the answer's code.
    if (index === args.length - 2 && code.value.startsWith('=')) continue;
    if (!isNumber(code.value)) return { message: `invalid value "${code.value}"`, word: code, fatal: true };
    const number = Number(code.value);
    if (number < 300 || number > 599) {
      return { message: `value "${code.value}" must be between 300 and 599`, word: code, fatal: true };
    }
  }
  return undefined;
}

function parameters(
  words: readonly Word[],
  known: Parameters,
  version: string | undefined,
): ValueRefusal | undefined {
  for (const word of words) {
    const equals = word.value.indexOf('=');
    const name = equals === -1 ? word.value : word.value.slice(0, equals + 1);
    const since = Object.hasOwn(known, name) ? known[name] : undefined;
    if (since !== undefined && (version === undefined || compareVersions(version, since) >= 0)) continue;
    const listed = version !== undefined && compareVersions(version, LISTS_CHECKED_AT) <= 0;
    // Letters only may be a parameter of an nginx that is newer than this list.
    return invalidParameter(word, listed || /[^a-z_0-9=]/.test(word.value));
  }
  return undefined;
}
