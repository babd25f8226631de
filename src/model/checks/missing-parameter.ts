import type { Statement } from '../../syntax/nginx/statement.ts';
import type { Directive } from '../../syntax/nginx/tree.ts';
import type { Host } from '../host.ts';
import { poolsBehind } from '../links/dialed.ts';
import { type LinkKind, linksOfKinds } from '../links/link-kind.ts';
import { effectiveAll } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';
import { settingsOf } from '../nginx/pass-kind.ts';

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
  const found: MissingParameter[] = [];
  for (const link of linksOfKinds(host, mayLack)) {
    const { pass } = link;
    const parameters = effectiveAll(pass.block, 'fastcgi_param');
    const name = missingAmong(parameters.map(({ statement }) => statement));
    if (!name || poolsBehind(link).length === 0) continue;
    const [first] = parameters;
    const outer = pass.block.parent ? effectiveAll(pass.block.parent, 'fastcgi_param') : [];
    const hides = first && outer.length > 0 && outer[0] !== first;
    found.push({ pass, name, ...(hides && { hidden: first }) });
  }
  return found;
}

function mayLack({ pass }: LinkKind): boolean {
  if (pass.protocol !== 'fastcgi' || !pass.isReachable) return false;
  const lists = settingsOf(pass, 'fastcgi_param');
  return lists.length === 0 || lists.some((list) => missingAmong(list) !== undefined);
}

function missingAmong(parameters: readonly Statement[]): MissingParameter['name'] | undefined {
  let hasMethod = false;
  let hasScript = false;
  for (const {
    values: [name],
  } of parameters) {
    if (name === 'REQUEST_METHOD') hasMethod = true;
    if (name === 'SCRIPT_FILENAME' || name === 'PATH_TRANSLATED') hasScript = true;
  }
  if (!hasMethod) return 'REQUEST_METHOD';
  return hasScript ? undefined : 'SCRIPT_FILENAME';
}
