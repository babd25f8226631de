import { joinPath } from './path-resolver.ts';

/**
 * Files that the nginx packages put beside nginx.conf. A tree of configuration alone often leaves them out, since nobody edits them, and
 * the daemon finds them all the same. The first line is nginx's own `make install` (conf/ in its repository), the second is
 * Debian's (debian/conf in the package).
 */
const STOCK_FILES: readonly string[] = [
  ...[
    'mime.types',
    'fastcgi_params',
    'fastcgi.conf',
    'scgi_params',
    'uwsgi_params',
    'koi-utf',
    'koi-win',
    'win-utf',
  ],
  ...['proxy_params', 'snippets/fastcgi-php.conf', 'snippets/snakeoil.conf'],
];

/** Those of them that hardly anybody uses. */
const SELDOM_USED: readonly string[] = ['scgi_params', 'uwsgi_params', 'koi-utf', 'koi-win', 'win-utf'];

/** True where the nginx package brings the file at this path, the directory of nginx.conf being `prefix`. */
export function isStockFile(prefix: string, path: string): boolean {
  return STOCK_FILES.some((name) => joinPath(prefix, name) === path);
}

/**
 * Where the package puts what nobody picks out to keep it: a tree that brings such files, and includes them nowhere, was
 * copied with all that the package brings.
 */
export function seldomUsedFiles(prefix: string): readonly string[] {
  return SELDOM_USED.map((name) => joinPath(prefix, name));
}

/** What the template languages in use for server configuration put around a placeholder. */
const PLACEHOLDERS: readonly string[] = ['${', '{{', '{%', '<%', '<?', '@@', '<tmpl_var'];

/**
 * True where a text holds a placeholder that envsubst, Jinja, ERB, Helm, PHP or a panel fills in on deploy. A lone `$name` is none: nginx
 * takes it to the letter, `include` knows no variables.
 */
export function isTemplated(text: string): boolean {
  return PLACEHOLDERS.some((placeholder) => text.includes(placeholder));
}
