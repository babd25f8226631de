import type { Directive } from '../../syntax/nginx/tree.ts';
import type { Host } from '../host.ts';
import { poolsAt } from '../links/dialed.ts';
import { effectiveAll } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';

/** A pass to a pool that lacks a parameter php-fpm cannot do without. */
export interface MissingParameter {
  readonly pass: Pass;
  readonly name: 'REQUEST_METHOD' | 'SCRIPT_FILENAME';
  /** The first `fastcgi_param` of the location, which hides those around it; absent where there are none around it either. */
  readonly hidden?: Directive;
}

/**
 * Finds the passes to pools without `REQUEST_METHOD` or without a script: php-fpm takes `PATH_TRANSLATED` where
 * `SCRIPT_FILENAME` is missing.
 *
 * `init_request_info` of https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_main.c
 */
export function missingParameters(host: Host): readonly MissingParameter[] {
  if (!host.nginx?.complete || host.nginx.missingIncludes.length > 0) return [];
  return host.links.flatMap(({ pass, peers }): readonly MissingParameter[] => {
    const toPool = peers.some((peer) => poolsAt(peer).length > 0);
    if (pass.protocol !== 'fastcgi' || pass.unreachable !== undefined || !toPool) return [];
    const parameters = effectiveAll(pass.block, 'fastcgi_param');
    const names = new Set(parameters.map(({ args }) => args[0]?.value));
    const name = !names.has('REQUEST_METHOD')
      ? 'REQUEST_METHOD'
      : names.has('SCRIPT_FILENAME') || names.has('PATH_TRANSLATED')
        ? undefined
        : 'SCRIPT_FILENAME';
    if (!name) return [];
    const [first] = parameters;
    const outer = pass.block.parent ? effectiveAll(pass.block.parent, 'fastcgi_param') : [];
    const hides = first && outer.length > 0 && outer[0] !== first;
    return [{ pass, name, ...(hides && { hidden: first }) }];
  });
}
