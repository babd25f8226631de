import { parseNginxTimeMs } from '../../values/nginx.ts';
import type { Master } from '../fpm/master.ts';
import { numberOf, phpSetting } from '../fpm/php-setting.ts';
import type { Pool } from '../fpm/pool.ts';
import { type Alike, poolsByKind } from '../fpm/pool-kind.ts';
import type { GivenSetting } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import { poolsBehind } from '../links/dialed.ts';
import type { Link } from '../links/link.ts';
import { linksOfKinds } from '../links/link-kind.ts';
import { type Effective, effective } from '../nginx/block.ts';
import { type Pass, settingOf } from '../nginx/pass.ts';
import { hasSetting, type PassKind, someSetting } from '../nginx/pass-kind.ts';
import { oncePer } from '../once-per.ts';

/** How long nginx waits between two reads where nothing is set, in seconds. */
export const defaultReadTimeout = 60;

/** The read timeout of a pass: set somewhere around it, or nginx's default. In seconds. */
export type ReadTimeout =
  | { readonly kind: 'default'; readonly seconds: number; readonly name: string }
  | { readonly kind: 'set'; readonly seconds: number; readonly name: string; readonly from: Effective }
  | { readonly kind: 'unknown' };

/** https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_read_timeout and its like in the other modules */
export function readTimeoutOf(pass: Pass): ReadTimeout {
  const name = settingOf(pass, '_read_timeout');
  const from = effective(pass.block, name);
  if (!from) return { kind: 'default', seconds: defaultReadTimeout, name };
  const milliseconds = parseNginxTimeMs(from.directive.args[0]?.value ?? '');
  return milliseconds === undefined
    ? { kind: 'unknown' }
    : { kind: 'set', seconds: milliseconds / 1000, name, from };
}

/** In seconds. What ends scripts after a day or more is there for those that hang, and grants nobody so long. */
const backstopSeconds = 24 * 60 * 60;

/** How long a script may run, where someone has set it. */
export interface AppLimit {
  /** `Infinity` where it is explicitly without end. */
  readonly seconds: number;
  readonly name: 'request_terminate_timeout' | 'max_execution_time';
  /** The setting that says so. */
  readonly from: GivenSetting<number>;
}

/**
 * What ends a script first, where someone has set it: `request_terminate_timeout` ends it by the clock, `max_execution_time`
 * by the time it computes, so without the former it is a promise that the script may well take that long.
 * Defaults on both sides are no contradiction and give `undefined`; neither is a limit of a day,
 * which YunoHost writes into the pool of every app.
 */
function appLimitOf(pool: Alike, master: Master): AppLimit | undefined {
  const { terminateTimeout } = pool;
  if (terminateTimeout.kind === 'unknown') return undefined;
  if (terminateTimeout.kind === 'given' && terminateTimeout.value > 0) {
    const { value: seconds } = terminateTimeout;
    if (seconds < backstopSeconds)
      return { seconds, name: 'request_terminate_timeout', from: terminateTimeout };
  }
  const execution = numberOf(phpSetting(master, pool, 'max_execution_time'));
  if (execution.kind !== 'given') return undefined;
  const seconds = execution.value <= 0 ? Number.POSITIVE_INFINITY : execution.value;
  return { seconds, name: 'max_execution_time', from: execution };
}

/** The longest that any script may run which the passes of a host lead to, in seconds; `undefined` where nobody has set a limit. */
function longestLimit({ masters, place }: Host): number | undefined {
  // Passes may lead to the pools of other hosts.
  if (place) return Number.POSITIVE_INFINITY;
  let longest: number | undefined;
  for (const master of masters) {
    for (const { one } of poolsByKind(master.pools).kinds) {
      const limit = appLimitOf(one, master);
      if (limit && !(longest !== undefined && longest >= limit.seconds)) longest = limit.seconds;
    }
  }
  return longest;
}

/** A pass to a pool whose scripts may run longer than nginx waits. */
export interface ShortTimeout {
  readonly link: Link;
  readonly timeout: Exclude<ReadTimeout, { kind: 'unknown' }>;
  readonly limit: AppLimit;
  readonly pool: Pool;
}

/** The passes of a host that wait shorter than the app behind them may run. */
export const shortTimeouts = oncePer((host: Host): readonly ShortTimeout[] => {
  const found: ShortTimeout[] = [];
  const longest = longestLimit(host);
  if (longest === undefined) return found;
  for (const link of linksOfKinds(host, ({ pass }) => pass.isReachable && mayWaitShorter(pass, longest))) {
    const timeout = readTimeoutOf(link.pass);
    if (timeout.kind !== 'unknown' && timeout.seconds >= longest) continue;
    // With zero nginx does not wait at all, whatever the app allows.
    if (timeout.kind === 'unknown' || timeout.seconds === 0) continue;
    for (const { pool, master } of poolsBehind(link)) {
      const limit = appLimitOf(pool, master);
      if (!limit || limit.seconds <= timeout.seconds) continue;
      found.push({ link, timeout, limit, pool });
      break;
    }
  }
  return found;
});

/** Whether any of the passes waits shorter than so many seconds. */
function mayWaitShorter(kind: PassKind, seconds: number): boolean {
  if (!hasSetting(kind, '_read_timeout')) return defaultReadTimeout < seconds;
  return someSetting(kind, '_read_timeout', ([time = '']) => {
    const milliseconds = parseNginxTimeMs(time);
    return milliseconds !== undefined && milliseconds < seconds * 1000;
  });
}
