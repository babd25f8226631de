import { compareVersions } from '../../syntax/nginx/version.ts';
import { effective, own } from './block.ts';
import type { Nginx } from './nginx.ts';
import type { Pass } from './pass.ts';

/** The first nginx that speaks HTTP/1.1 to upstreams and keeps connections to them without being told. */
export const keepsConnectionsSince = '1.29.7';

/**
 * The passes to an `upstream` block that rely on what the version of nginx does by default: neither `proxy_http_version`
 * nor `keepalive` is set. None where the version is not known or is an older one.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive
 */
export function passesKeptByDefault({ passes, version }: Nginx): readonly Pass[] {
  if (version === undefined || compareVersions(version, keepsConnectionsSince) < 0) return [];
  const found = new Map<string, Pass>();
  for (const pass of passes) {
    const { target, directive, block } = pass;
    if (directive.name !== 'proxy_pass' || target.kind !== 'upstream') continue;
    if (own(target.upstream.block, 'keepalive') || effective(block, 'proxy_http_version')) continue;
    const key = target.upstream.name.toLowerCase();
    if (!found.has(key)) found.set(key, pass);
  }
  return [...found.values()];
}
