import type { Span } from '../../syntax/source.ts';
import { isLoopback } from '../links/address.ts';
import { type Block, effective, effectiveAll } from '../nginx/block.ts';
import type { Server } from '../nginx/server.ts';
import { splitVariables } from '../nginx/variables.ts';
import { oncePer } from '../once-per.ts';

/** What shows that requests come to a server through another proxy. */
export interface ProxySign {
  readonly span: Span;
  readonly message: string;
}

/** Headers that only a proxy sets. `X-Forwarded-For` is none of them: nginx's stock log format names it on every host. */
const proxyHeaders: ReadonlySet<string> = new Set([
  'http_cf_connecting_ip',
  'http_cf_ray',
  'http_true_client_ip',
  'http_x_forwarded_proto',
  'http_x_forwarded_port',
  'http_x_amzn_trace_id',
  'http_fastly_client_ip',
  'proxy_protocol_addr',
]);

/**
 * Looks for a proxy in front of a server, where nothing gives the visitor's address back. Where all servers are meant, how
 * this one listens is no sign.
 * https://nginx.org/en/docs/http/ngx_http_realip_module.html
 */
export function proxyInFront(server: Server, block: Block, forAll: boolean): ProxySign | undefined {
  if (effective(block, 'real_ip_header') || effectiveAll(block, 'set_real_ip_from').length > 0)
    return undefined;
  return (forAll ? undefined : listensForProxy(server)) ?? readsProxyHeader(block);
}

function listensForProxy(server: Server): ProxySign | undefined {
  const directives = server.listens.flatMap(({ directive }) => directive ?? []);
  const [first] = directives;
  if (!first || directives.length < server.listens.length) return undefined;
  const span = { source: first.source, start: first.start, end: first.end };
  if (directives.every(({ args }) => args.some(({ value }) => value === 'proxy_protocol'))) {
    return { span, message: 'the proxy in front speaks the PROXY protocol' };
  }
  const isLocal = server.listens.every(({ address }) => address.kind === 'tcp' && isLoopback(address.host));
  return isLocal ? { span, message: 'only a program of this machine can connect here' } : undefined;
}

/** A directive of the location, its server or `http` that uses such a header, log formats left out. */
function readsProxyHeader(block: Block): ProxySign | undefined {
  for (let at: Block | undefined = block; at; at = at.parent) {
    const [sign] = proxyHeadersRead(at);
    if (sign) return sign;
  }
  return undefined;
}

/** Such a use right inside a block, if there is one. Every location asks `http` anew, which holds all servers. */
const proxyHeadersRead = oncePer((block: Block): readonly ProxySign[] => {
  for (const directive of block.directives) {
    if (directive.name === 'log_format') continue;
    for (const { value, start, end } of directive.args) {
      const isRead =
        value.includes('$') &&
        splitVariables(value).some((part) => part.kind === 'variable' && proxyHeaders.has(part.name));
      if (isRead) {
        const span = { source: directive.source, start, end };
        return [{ span, message: 'a proxy in front sets this header' }];
      }
    }
  }
  return [];
});
