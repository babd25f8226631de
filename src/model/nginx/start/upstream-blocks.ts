import { formsOf } from '../../../syntax/nginx/directives.ts';
import type { Directive } from '../../../syntax/nginx/tree.ts';
import { own } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import type { Upstream } from '../upstream.ts';
import { atEndOf, directiveSpan, inPlace, type Refusal, wordSpan } from './refusal.ts';

/** An `upstream` block that nginx refuses for want of servers. */
export interface WithoutServers extends Refusal {
  readonly upstream: Upstream;
  /** `empty`: no `server` at all. `backups`: every one is a backup, and nginx starts with the others. */
  readonly kind: 'empty' | 'backups';
}

/**
 * Upstreams without a server to begin with.
 * https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c, ngx_http_upstream
 */
export function upstreamsWithoutServers({ upstreams }: Nginx): readonly WithoutServers[] {
  const found: WithoutServers[] = [];
  for (const upstream of upstreams.values()) {
    const { block, servers, name } = upstream;
    const { directive: opener } = block;
    if (!opener || block.directives.some(mayBringServers)) continue;
    const at = directiveSpan(opener);
    if (servers.length === 0) {
      // An include that is still there was not read: what it would have brought is not known.
      if (own(block, 'include')) continue;
      const log = `no servers are inside upstream${atEndOf(opener)}`;
      found.push({ upstream, kind: 'empty', at, log, related: [] });
    } else if (servers.every(({ backup }) => backup)) {
      const log = `no servers in upstream "${name}"${inPlace(opener)}`;
      const related = servers.map(({ directive }) => directiveSpan(directive));
      found.push({ upstream, kind: 'backups', at, log, related });
    }
  }
  return found;
}

/** A directive of a module of another maker, or `state` of NGINX Plus: servers may come from elsewhere. */
function mayBringServers({ name }: Directive): boolean {
  const forms = formsOf(name);
  return name === 'state' || !forms.some(({ moduleKind }) => moduleKind === 'built-in');
}

/** Methods that know no backups. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server */
const withoutBackups: ReadonlySet<string> = new Set(['ip_hash', 'hash', 'random']);

/** Methods of choosing a server; each takes the place of one before it. */
const methods: ReadonlySet<string> = new Set([...withoutBackups, 'least_conn', 'least_time']);

/** A backup behind a method that has none. */
export interface RefusedBackup extends Refusal {
  readonly method: Directive;
}

/** The `backup` servers that nginx refuses: those that follow a method that knows none. */
export function refusedBackups({ upstreams }: Nginx): readonly RefusedBackup[] {
  const found: RefusedBackup[] = [];
  for (const { block } of upstreams.values()) {
    let method: Directive | undefined;
    for (const directive of block.directives) {
      if (methods.has(directive.name)) method = directive;
      const word =
        directive.name === 'server' && directive.args.slice(1).find(({ value }) => value === 'backup');
      if (!word || !method || !withoutBackups.has(method.name)) continue;
      const log = `balancing method does not support parameter "backup"${inPlace(directive)}`;
      found.push({ method, at: wordSpan(directive, word), related: [directiveSpan(method)], log });
    }
  }
  return found;
}

/** A directive of an upstream that a later one takes the place of. */
export interface Overridden {
  readonly upstream: Upstream;
  /** `keepalive`, or a method. */
  readonly lost: Directive;
  readonly by: Directive;
  /** What nginx logs, as a warning. */
  readonly log: string;
}

/**
 * `keepalive` and methods that do nothing, since a method follows them. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive
 */
export function overriddenMethods({ upstreams }: Nginx): readonly Overridden[] {
  const found: Overridden[] = [];
  for (const upstream of upstreams.values()) {
    let last: Directive | undefined;
    for (const directive of upstream.block.directives) {
      const isMethod = methods.has(directive.name);
      if (isMethod && last) {
        const log = `load balancing method redefined${inPlace(directive)}`;
        found.push({ upstream, lost: last, by: directive, log });
      }
      if (isMethod || directive.name === 'keepalive') last = directive;
    }
  }
  return found;
}
