import { effectiveAll } from './block.ts';
import type { Pass } from './pass.ts';

/**
 * What a visitor gets instead of a status that nginx makes itself, where an `error_page` in effect says so.
 * A page of its own keeps the status; `=200`, `=503` or a named location changes it.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page
 */
export type Cover =
  | { readonly kind: 'none' }
  /** The status is replaced by this one. */
  | { readonly kind: 'status'; readonly status: number }
  /** Another location or address answers. */
  | { readonly kind: 'answered' };

/** Looks for the `error_page` that covers a status where a pass stands. */
export function coverOf(pass: Pass, status: number): Cover {
  for (const directive of effectiveAll(pass.block, 'error_page')) {
    const args = directive.args.map((word) => word.value);
    const target = args.at(-1) ?? '';
    const change = args.at(-2)?.startsWith('=') ? args.at(-2) : undefined;
    const codes = args.slice(0, change === undefined ? -1 : -2);
    if (!codes.includes(String(status))) continue;
    if (change === '=' || target.startsWith('@') || /^https?:/.test(target)) return { kind: 'answered' };
    if (change !== undefined) return { kind: 'status', status: Number(change.slice(1)) };
    return { kind: 'none' };
  }
  return { kind: 'none' };
}
