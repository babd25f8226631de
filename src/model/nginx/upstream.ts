import type { Directive } from '../../syntax/nginx/tree.ts';
import { type Block, ownAll } from './block.ts';
import { type ParsedTarget, parseTarget } from './target.ts';

/** One `server` line of an upstream. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server */
export interface UpstreamServer {
  readonly directive: Directive;
  readonly target: ParsedTarget;
  readonly down: boolean;
  readonly backup: boolean;
}

/** An `upstream` block of `http`. */
export interface Upstream {
  readonly block: Block;
  /** As written; nginx compares names without regard to case. */
  readonly name: string;
  readonly servers: readonly UpstreamServer[];
}

/** Reads an `upstream` block. A server without a port means port 80, whatever the protocol. */
export function buildUpstream(block: Block): Upstream {
  const servers = ownAll(block, 'server').flatMap((directive) => {
    const [address, ...parameters] = directive.args.map((word) => word.value);
    if (address === undefined) return [];
    return [
      {
        directive,
        target: parseTarget(address, { defaultPort: 80 }),
        down: parameters.includes('down'),
        backup: parameters.includes('backup'),
      },
    ];
  });
  return { block, name: block.directive?.args[0]?.value ?? '', servers };
}
