import { baseName } from '../syntax/path-parts.ts';
/** Whose language the text around the placeholders is in. */
export type TemplateHost = 'nginx' | 'php-fpm';

/**
 * Placeholders that neither nginx nor php-fpm has a use for, with the language or project that fills them in. A name is short, so every
 * pattern has a bound; none begins with a part that can match in two ways.
 */
const TOKENS: readonly RegExp[] = [
  // Jinja, Go templates, Helm, Mustache, Liquid. Nested tables of Lua have a comma, an assignment or a quote first.
  /\{\{[-~#/^>&]?[ \t]{0,20}[\w.$(/"'][^{}\n=,]{0,200}\}\}/,
  /\{%[-+]?[ \t]{0,20}(?:if|for|set|end\w{2,10}|else|elif|block|include|extends|macro|raw|import|from|with|call|filter|do|unless|assign|case|when|capture|comment)\b/,
  /^\{#/,
  // ERB, EJS, EPP; PHP; ISPConfig's vlibTemplate.
  /<%[-=#]?[ \t]{0,20}[^%\n<>]{1,200}%>/,
  /<\?(?:php\b|=)/,
  /<tmpl_(?:var|if|unless|else|loop)\b/,
  // sed and scripts: @@NAME@@, @NAME@, @{NAME}, %%NAME%%, !NAME!, __NAME__.
  /@@[A-Za-z]\w{0,60}@@/,
  /@[A-Z][A-Z0-9_]{1,60}@/,
  /@\{[A-Za-z]\w{0,60}\}/,
  /%%[A-Z][A-Z0-9_]{1,60}%%/,
  /![A-Z][A-Z0-9_]{2,60}!/,
  /(?<![A-Z0-9_])__[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,30}){0,8}__/,
  // HestiaCP, VestaCP: %domain%. What follows a `%` of an encoded URL begins with two hexadecimal digits.
  /(?<![%\w])%[A-Za-z][A-Za-z_]{2,40}%(?![0-9A-Fa-f]{2})/,
  // <PHP_SOCKET>, <container_name>. A group of a regular expression, (?<name>...), is none.
  /(?<![?P\\])<[A-Za-z][A-Za-z0-9]{0,40}_[A-Za-z0-9_]{1,40}>/,
];

/** Placeholders that only nginx has no use for. php-fpm itself fills in `${NAME}` from its environment. */
const NGINX_TOKENS: readonly RegExp[] = [
  // A name of nginx's has letters, digits and `_` only: ${PORT:-8080}, ${nginx:user}.
  /\$\{[A-Za-z]\w{0,60}[:.][^}\n"'`]{1,60}\}/,
  // {HTTP_PORT} and {site_hosts}: for nginx a block begins in the middle of a directive.
  /(?<![$@%#{'"\w])\{[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{1,40}\}/,
  /(?<=[ \t])\{[a-z][a-z0-9]{0,40}_[a-z0-9_]{1,40}\}(?=[;/.:])/,
];

/** Endings of the names of files that are filled in on deploy. They alone prove nothing: many such files hold no placeholder. */
const TEMPLATE_ENDINGS: readonly string[] = [
  ...['.j2', '.jinja', '.jinja2', '.erb', '.epp', '.ejs', '.tmpl', '.tpl', '.template', '.ctmpl', '.gotmpl'],
  ...['.mustache', '.hbs', '.in', '.envsubst', '.temp'],
];

/** `clear_env = $clear_env`. php-fpm knows only these two; what it puts into the environment may be any text. */
const FPM_VARIABLE = /^[a-z][\w.]{0,60}[ \t]*=[ \t]*(\$(?!pool\b|prefix\b)[A-Za-z_]\w{0,60})[ \t]*$/;

const UPPER_VARIABLE = /\$(?:\{([A-Z][A-Z0-9_]{0,60})\}|([A-Z][A-Z0-9_]{0,60})\b)/g;
const AT_NAME = /(?<![\w@])@([A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{0,60})\b/g;
/** ##NAME##, which may as well be a comment. */
const IN_SHARPS = /(?<=[^\s;{}#][ \t]{0,20})##[A-Z][A-Z0-9_]{0,40}##/;
const WORD_IN_ANGLES = /(?<=^|[\s:=])<([a-z]{3,30})>/;

/** Elements of HTML that stand in answers without quotes; nobody names a placeholder so. */
const HTML_ELEMENTS: ReadonlySet<string> = new Set(
  'html head body title meta link script style div span pre code strong center table small footer main section'.split(
    ' ',
  ),
);

/**
 * Finds the first placeholder of a file that is still to be filled in: by envsubst, Jinja, ERB, Helm, Ansible, sed or a panel. Nothing in
 * a file that a daemon reads as it is: a lone `%`, `@` or `<`, the variables of nginx, the environment of php-fpm, and lines that are
 * comments do not count. It looks at each line once.
 *
 * https://www.gnu.org/software/gettext/manual/html_node/envsubst-Invocation.html,
 * https://jinja.palletsprojects.com/en/stable/templates/
 */
export function findPlaceholder(path: string, text: string, host: TemplateHost): string | undefined {
  if (!mayHold(text, host)) return undefined;
  const isNamedSo = hasTemplateName(path);
  const lines = text.split('\n');
  const isNginx = host === 'nginx';
  const own = isNginx ? ownNames(lines) : NO_NAMES;
  for (const raw of lines) {
    const line = readPart(raw, host);
    if (line === '') continue;
    const found =
      matchOf(TOKENS, line) ??
      (isNginx ? matchOf(NGINX_TOKENS, line) : FPM_VARIABLE.exec(line)?.[1]) ??
      (isNamedSo ? matchOf([IN_SHARPS], line) : undefined) ??
      wordInAngles(line) ??
      atName(line, own) ??
      (isNginx || isNamedSo ? upperVariable(line, own, isNamedSo) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** True where the name says that the file is filled in on deploy: `nginx.conf.j2`, `default.conf.template`, `default.template.conf`. */
export function hasTemplateName(path: string): boolean {
  const name = baseName(path).toLowerCase();
  return TEMPLATE_ENDINGS.some((ending) => name.endsWith(ending) || name.endsWith(`${ending}.conf`));
}

/** Most files hold nothing that could begin a placeholder. */
function mayHold(text: string, host: TemplateHost): boolean {
  if (host === 'php-fpm' && text.includes('$')) return true;
  return /[{][{%#A-Za-z]|<[%?A-Za-z]|[@%!][@%{A-Za-z]|__[A-Z]|##[A-Z]|\$\{|\$[A-Z]/.test(text);
}

/**
 * The part of a line that a daemon reads. A comment says nothing. What sub_filter replaces in an application's answer may well be a
 * placeholder, but of the application.
 */
function readPart(raw: string, host: TemplateHost): string {
  const line = raw.trim();
  if (line.startsWith('#') || (host === 'php-fpm' && line.startsWith(';'))) return '';
  if (line.startsWith('sub_filter ') || line.startsWith('subs_filter ')) return '';
  if (line.startsWith('{#')) return line;
  const comment = /[;{}][ \t]{0,40}#/.exec(line);
  return comment ? line.slice(0, comment.index + 1) : line;
}

function matchOf(patterns: readonly RegExp[], line: string): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(line);
    if (found) return found[0].trim();
  }
  return undefined;
}

/** `proxy_pass <fqdn>/auth;`, but not the HTML of an answer. */
function wordInAngles(line: string): string | undefined {
  if (!line.includes('<') || /["']|<\//.test(line)) return undefined;
  const found = WORD_IN_ANGLES.exec(line);
  return found && !HTML_ELEMENTS.has(found[1] ?? '') ? found[0] : undefined;
}

/** `@SITE_DOMAIN`, unless a location has this name or the line names one. */
function atName(line: string, own: OwnNames): string | undefined {
  if (!line.includes('@')) return undefined;
  const isReference = /^(?:location|try_files|error_page)\s/.test(line);
  for (const [token] of line.matchAll(AT_NAME)) {
    if (!(isReference && line.includes(` ${token}`)) && !own.locations.has(token)) return token;
  }
  return undefined;
}

/**
 * `${NGINX_HOST}`: names of the environment are in capitals, those of nginx's variables are not by custom. One that the file itself
 * defines (`set $MAGE_ROOT /app;`) is a variable. Where the file's name says so, even `$NAME` is filled in.
 */
function upperVariable(line: string, own: OwnNames, isNamedSo: boolean): string | undefined {
  if (!line.includes('$')) return undefined;
  for (const [token, braced, bare] of line.matchAll(UPPER_VARIABLE)) {
    if (own.variables.has(braced ?? bare ?? '')) continue;
    if (braced !== undefined || isNamedSo) return token;
  }
  return undefined;
}

/** What a file of nginx's gives a name itself. */
interface OwnNames {
  readonly variables: ReadonlySet<string>;
  /** With their `@`. */
  readonly locations: ReadonlySet<string>;
}

const NO_NAMES: OwnNames = { variables: new Set(), locations: new Set() };

/** Directives of which an argument is the name of a variable that they define. */
const DEFINES =
  /^(?:set|map|geo|geoip2|split_clients|perl_set|js_set|js_var|auth_request_set|auth_jwt_claim_set|set_by_lua\w{0,20}|charset_map)\s/;

function ownNames(lines: readonly string[]): OwnNames {
  const variables = new Set<string>();
  const locations = new Set<string>();
  for (const raw of lines) {
    const line = raw.trim();
    if (line.startsWith('location')) {
      const at = line.indexOf(' @');
      if (at !== -1) locations.add(/^@\w{0,100}/.exec(line.slice(at + 1))?.[0] ?? '');
    } else if (DEFINES.test(line)) {
      for (const [, braced, bare] of line.matchAll(UPPER_VARIABLE)) variables.add(braced ?? bare ?? '');
    }
  }
  return { variables, locations };
}

/** What opens, closes or chooses a part of a template, so that nobody knows which lines come out. */
const CONTROL =
  /\{[%#]|<%[^=]|<\?|<tmpl_(?!var)|\{\{[-~]?[ \t]{0,20}(?:[#/^>&!]|(?:if|else|end|range|with|define|block|template|include|for|each|unless)\b)/;

/**
 * The text with each placeholder in the place of a variable of the same length, whose name is made of `_`: nginx reads it like a
 * value that is not known yet. Nothing where lines are chosen or repeated, or a whole line is a placeholder: then it is not known
 * which directives come out.
 */
export function maskPlaceholders(path: string, text: string): string | undefined {
  if (CONTROL.test(text)) return undefined;
  const isNamedSo = hasTemplateName(path);
  const lines = text.split('\n');
  const own = ownNames(lines);
  let isReadable = true;
  const masked = lines.map((raw) => {
    if (readPart(raw, 'nginx') === '') return raw;
    const line = maskLine(raw, own, isNamedSo);
    isReadable &&= line === raw || /[a-z]/.test(raw.trim().charAt(0));
    return line;
  });
  return isReadable ? masked.join('\n') : undefined;
}

/** The same patterns, for all places of a line. */
const EVERY = [...TOKENS, ...NGINX_TOKENS, WORD_IN_ANGLES].map(({ source }) => new RegExp(source, 'g'));
const EVERY_IN_SHARPS = new RegExp(IN_SHARPS.source, 'g');

function maskLine(raw: string, own: OwnNames, isNamedSo: boolean): string {
  const mask = (found: string): string => `$${'_'.repeat(found.length - 1)}`;
  const patterns = isNamedSo ? [...EVERY, EVERY_IN_SHARPS] : EVERY;
  const line = patterns.reduce((text, pattern) => text.replace(pattern, mask), raw);
  return line.replace(UPPER_VARIABLE, (token, braced, bare) =>
    own.variables.has(braced ?? bare ?? '') || (braced === undefined && !isNamedSo) ? token : mask(token),
  );
}
