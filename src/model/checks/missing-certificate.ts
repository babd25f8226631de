import type { Directive, Word } from '../../syntax/nginx/tree.ts';
import { directoryOf } from '../../syntax/path-parts.ts';
import type { HostPaths } from '../host/host-paths.ts';
import type { Host } from '../host.ts';
import { type Block, ownAll } from '../nginx/block.ts';
import { type Refusal, wordSpan } from '../nginx/start/refusal.ts';
import { saidAnywhere } from '../nginx/survey.ts';

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
  if (!namesWholePaths(http)) return [];
  const found = new Map<string, MissingCertificate>();
  for (const block of [http, ...servers.map((server): Block => server.block)]) {
    // nginx reads the certificate first, and never gets to a key that went with it.
    const [first, ...others] = lackingIn(block, paths);
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

interface Lacking {
  readonly directive: Directive;
  readonly word: Word;
  readonly path: string;
}

const nothing: readonly Lacking[] = [];
const namers = ['ssl_certificate', 'ssl_certificate_key'];

/** True for a whole path without variables. */
function isWhole(path: string | undefined): boolean {
  return path?.startsWith('/') === true && !path.includes('$');
}

const namesWholePaths = saidAnywhere(namers, ({ values }) => isWhole(values[0]));

/** The files that a block names by a whole path and that are missing, certificates first. */
function lackingIn(block: Block, paths: HostPaths): readonly Lacking[] {
  let lacking: Lacking[] | undefined;
  for (const name of namers) {
    for (const directive of ownAll(block, name)) {
      const [word] = directive.args;
      if (!word || !isWhole(word.value) || paths.at(word.value).kind !== 'absent') continue;
      lacking ??= [];
      lacking.push({ directive, word, path: word.value });
    }
  }
  return lacking ?? nothing;
}

/** As OpenSSL 3 writes it; older ones number their errors otherwise. */
function logOf({ name }: Directive, path: string): string {
  const what = name === 'ssl_certificate' ? 'certificate' : 'certificate key';
  const opening = `error:80000002:system library::No such file or directory:calling fopen(${path}, r)`;
  return `cannot load ${what} "${path}": BIO_new_file() failed (SSL: ${opening} error:10000080:BIO routines::no such file)`;
}
