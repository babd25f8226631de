import { listenAddress } from '../../../syntax/nginx/listen-address.ts';
import type { Directive } from '../../../syntax/nginx/tree.ts';
import { oncePer } from '../../once-per.ts';
import { type Block, ownAll } from '../block.ts';
import { serversListening } from '../different-listens.ts';
import type { Nginx } from '../nginx.ts';
import type { Listen } from '../server.ts';
import { directiveSpan, inPlace, type Refusal } from './refusal.ts';

/** Two servers that say of one address what only one of them may say. */
export interface ListenConflict extends Refusal {
  /** `default`: both want to be the default server. `options`: both set options of the socket. */
  readonly kind: 'default' | 'options';
  /** As nginx prints it: `0.0.0.0:80`. */
  readonly address: string;
  /** The `listen` that nginx reads second, and refuses. */
  readonly directive: Directive;
}

/** Parameters that belong to the socket, so that one `listen` of an address may have them. */
const socketOptions: ReadonlySet<string> = new Set([
  ...['bind', 'deferred', 'reuseport', 'setfib', 'fastopen', 'backlog', 'rcvbuf', 'sndbuf', 'accept_filter'],
  ...['ipv6only', 'so_keepalive', 'multipath'],
]);

interface Claim {
  readonly directive: Directive;
  readonly server: Block;
}

interface Known {
  options?: Claim;
  default?: Claim;
}

/**
 * Addresses with two default servers, or with options of the socket in two places, over all files of `http`. Where not
 * all files were read, two of one file are compared: others may not be enabled together.
 * https://github.com/nginx/nginx/blob/master/src/http/ngx_http.c, ngx_http_add_addresses
 */
export const listenConflicts = oncePer((nginx: Nginx): readonly ListenConflict[] => {
  const { complete } = nginx;
  const found: ListenConflict[] = [];
  const byAddress = new Map<string, Known>();
  for (const { block } of serversListening(nginx, hasClaim)) {
    for (const directive of ownAll(block, 'listen')) {
      if (directive.args.length < 2) continue;
      const address = listenAddress(directive.args[0]?.value ?? '');
      if (address === undefined) continue;
      const parameters = parametersOf(directive);
      const key = `${address} ${parameters.includes('quic') ? 'quic' : 'tcp'}`;
      const known = byAddress.get(key) ?? {};
      byAddress.set(key, known);
      const claim = (kind: ListenConflict['kind'], said: string): void => {
        const first = known[kind];
        known[kind] ??= { directive, server: block };
        // Of two in one server nginx calls the listen itself a duplicate.
        if (!first || first.server === block) return;
        if (!complete && first.directive.source !== directive.source) return;
        const related = first.directive === directive ? [] : [directiveSpan(first.directive)];
        const log = `${said} for ${address}${inPlace(directive)}`;
        found.push({ kind, address, directive, at: directiveSpan(directive), related, log });
      };
      if (parameters.some(isOption)) claim('options', 'duplicate listen options');
      if (parameters.some(isDefault)) claim('default', 'a duplicate default server');
    }
  }
  return found;
});

function parametersOf({ args }: Directive): readonly string[] {
  return args.slice(1).map(({ value }) => value.split('=', 1)[0] ?? '');
}

/** Whether a `listen` says what only one of its address may say. */
function hasClaim({ directive }: Listen): boolean {
  return directive !== undefined && parametersOf(directive).some((name) => isOption(name) || isDefault(name));
}

function isOption(name: string): boolean {
  return socketOptions.has(name);
}

function isDefault(name: string): boolean {
  return name === 'default_server' || name === 'default';
}
