import type { Directive, Word } from './tree.ts';

/** A variable where a directive uses its value. */
export interface VariableUse {
  readonly directive: Directive;
  readonly word: Word;
  /** As written, without `$` and braces: `APP_HOST`. */
  readonly name: string;
  /** `open` where the brace of `${name` does not follow the name, as in `${APP:-x}`; `nameless` for a `$` alone. */
  readonly kind: 'plain' | 'braced' | 'open' | 'nameless';
}

/** The arguments in which a directive takes variables: all, the last, or some by number. */
type Arguments = 'all' | 'last' | readonly number[];

const upstreamModules = ['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc'];

/**
 * The directives whose arguments nginx compiles as text with variables. What is not here is not judged.
 * https://github.com/nginx/nginx/blob/master/src/http/ngx_http_script.c, ngx_http_script_compile
 */
const valueArguments: ReadonlyMap<string, Arguments> = new Map<string, Arguments>([
  ...['root', 'alias', 'charset', 'auth_basic', 'auth_basic_user_file', 'limit_rate', 'limit_rate_after'].map(
    first,
  ),
  ...['access_log', 'map', 'split_clients', 'limit_req_zone', 'limit_conn_zone', 'hash', 'secure_link'].map(
    first,
  ),
  ...['secure_link_md5', 'ssl_certificate', 'ssl_certificate_key', 'perl_set'].map(first),
  ...['add_header', 'add_trailer', 'rewrite', 'set', 'auth_request_set'].map(second),
  ...['return', 'try_files', 'index', 'sub_filter'].map(all),
  ...['error_page', 'expires'].map((name): readonly [string, Arguments] => [name, 'last']),
  ...upstreamModules.flatMap((module): (readonly [string, Arguments])[] => [
    ...[
      `${module}_pass`,
      `${module}_cache_key`,
      `${module}_bind`,
      `${module}_ssl_name`,
      `${module}_store`,
    ].map(first),
    ...[`${module}_cache_bypass`, `${module}_no_cache`].map(all),
    ...[`${module}_param`, `${module}_set_header`].map(second),
  ]),
  ...['proxy_method', 'proxy_set_body', 'proxy_ssl_certificate', 'proxy_ssl_certificate_key'].map(first),
  ...['proxy_redirect', 'proxy_cookie_path', 'proxy_cookie_domain'].map(all),
]);

function first(name: string): readonly [string, Arguments] {
  return [name, [0]];
}

function second(name: string): readonly [string, Arguments] {
  return [name, [1]];
}

function all(name: string): readonly [string, Arguments] {
  return [name, 'all'];
}

/** True where the arguments in which a directive uses variables are known. */
export function usesVariables(name: string): boolean {
  return valueArguments.has(name) || name === 'log_format' || name === 'if';
}

/** The variables that a directive uses, where it takes any. */
export function variablesOf(directive: Directive): readonly VariableUse[] {
  return wordsWithVariables(directive.name, directive.args).flatMap((word) =>
    variablesIn(word.value).map((use) => ({ ...use, directive, word })),
  );
}

/** The same for a line of a `map`: only its value may hold variables. */
export function variablesOfMapLine(line: Directive): readonly VariableUse[] {
  const [word] = line.args;
  if (!word || line.args.length > 1) return [];
  return variablesIn(word.value).map((use) => ({ ...use, directive: line, word }));
}

/** Of the arguments of a directive of that name, those that nginx compiles as text with variables and that name one. */
export function wordsWithVariables<Argument extends { readonly value: string }>(
  name: string,
  args: readonly Argument[],
): readonly Argument[] {
  if (name === 'if') return wordsOfCondition(args);
  if (name === 'log_format') return args.slice(1);
  const where = valueArguments.get(name);
  if (where === undefined) return [];
  const words =
    where === 'all' ? args : where === 'last' ? args.slice(-1) : where.flatMap((at) => args[at] ?? []);
  // In `proxy_redirect` and its kind a word after `~` is a regular expression, whose `$` is the end.
  return words.filter(({ value }) => value.includes('$') && !value.startsWith('~'));
}

/** The sides of `if ($a = "$b")` and `if (-f $c)` that are no regular expression, parentheses removed. */
function wordsOfCondition<Argument extends { readonly value: string }>(
  args: readonly Argument[],
): readonly Argument[] {
  const words = args
    .map((word) => ({ ...word, value: word.value.replace(/^\(|\)$/g, '') }))
    .filter(({ value }) => value !== '');
  const operator = words[1]?.value ?? '';
  const sides = operator.includes('~') ? words.slice(0, 1) : words;
  // Braces belong to the name on the left side, which only ever means trouble: `if (${a})` asks for "{a}".
  return sides.filter((word, index) => index > 0 || !word.value.startsWith('${'));
}

/** A variable as a text names it. */
export type VariableName = Pick<VariableUse, 'name' | 'kind'>;

/** The variables that a text names; of a regular expression, what it caught is not one. */
export function variablesIn(text: string): readonly VariableName[] {
  const uses: VariableName[] = [];
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at + 1)) {
    const isBraced = text.charAt(at + 1) === '{';
    const start = isBraced ? at + 2 : at + 1;
    let end = start;
    while (end < text.length && isNameCharacter(text.charCodeAt(end))) end++;
    const name = text.slice(start, end);
    const digit = text.charCodeAt(start);
    // $1 to $9 are what an expression caught; what follows the digit is text.
    if (!isBraced && digit >= 49 && digit <= 57) continue;
    if (name === '') uses.push({ name, kind: 'nameless' });
    else if (!isBraced) uses.push({ name, kind: 'plain' });
    else if (!/^[1-9]$/.test(name)) uses.push({ name, kind: text.charAt(end) === '}' ? 'braced' : 'open' });
  }
  return uses;
}

function isNameCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
  );
}
