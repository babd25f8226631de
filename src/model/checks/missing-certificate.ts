import type { Directive, Word } from '../../syntax/nginx/tree.ts';
import { directoryOf } from '../../syntax/path-parts.ts';
import type { HostPaths } from '../host/host-paths.ts';
import type { Host } from '../host.ts';
import { type Block, own, ownAll } from '../nginx/block.ts';
import { type Refusal, wordSpan } from '../nginx/start/refusal.ts';

/** A file of a certificate or a key that is not there. */
export interface MissingCertificate extends Refusal {
  readonly kind: 'certificate' | 'key';
  readonly path: string;
  /** True where the files are those of a running system; a checkout often leaves certificates out. */
  readonly certain: boolean;
}

/**
 * The files that `ssl_certificate` and `ssl_certificate_key` name and that are known to be missing. nginx reads them when
 * it starts, whether TLS is on or not; only paths with variables wait for a request.
 * https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_certificate
 */
export function missingCertificates({ nginx, paths }: Host): readonly MissingCertificate[] {
  const { http, servers = [] } = nginx ?? {};
  if (!http || servers.length === 0) return [];
  const found = new Map<string, MissingCertificate>();
  for (const block of [http, ...servers.map((server): Block => server.block)]) {
    const named = namesIn(block);
    if (named.length === 0) continue;
    const lacking = named.filter(({ path }) => paths.at(path).kind === 'absent');
    // nginx reads the certificate first, and never gets to a key that went with it.
    const [first, ...others] = lacking.sort(
      (one, other) => one.directive.name.length - other.directive.name.length,
    );
    if (!first || found.has(first.path)) continue;
    const { directive, word, path } = first;
    found.set(path, {
      kind: directive.name === 'ssl_certificate' ? 'certificate' : 'key',
      path,
      certain: isTrueCopy(path, paths),
      at: wordSpan(directive, word),
      related: others.map((other) => wordSpan(other.directive, other.word)),
      log: logOf(directive, path),
    });
  }
  return [...found.values()];
}

/**
 * Whether certificates are among the files at all: the directory is there that certificates of this kind are kept in, and
 * tells its owner truly, which it does in the copy of a system only. A checkout has nginx's files and leaves secrets out, and
 * where CI runs as root it looks like a copy.
 */
function isTrueCopy(path: string, paths: HostPaths): boolean {
  const parent = directoryOf(path);
  const archive = directoryOf(parent);
  return [parent, ...(archive.endsWith('/live') ? [archive] : [])].some((directory) => {
    const fact = paths.at(directory);
    return fact.kind === 'directory' && fact.access !== undefined;
  });
}

/** The files that a block names by a whole path. */
function namesIn(block: Block): { directive: Directive; word: Word; path: string }[] {
  if (!own(block, 'ssl_certificate') && !own(block, 'ssl_certificate_key')) return [];
  return ['ssl_certificate', 'ssl_certificate_key'].flatMap((name) =>
    ownAll(block, name).flatMap((directive) => {
      const [word] = directive.args;
      const path = word?.value ?? '';
      return word && path.startsWith('/') && !path.includes('$') ? [{ directive, word, path }] : [];
    }),
  );
}

/** As OpenSSL 3 writes it; older ones number their errors otherwise. */
function logOf({ name }: Directive, path: string): string {
  const what = name === 'ssl_certificate' ? 'certificate' : 'certificate key';
  const opening = `error:80000002:system library::No such file or directory:calling fopen(${path}, r)`;
  return `cannot load ${what} "${path}": BIO_new_file() failed (SSL: ${opening} error:10000080:BIO routines::no such file)`;
}
