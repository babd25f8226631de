import type { App, AppLimit } from '../apps/app.ts';
import type { Host } from '../host.ts';
import { answering, type Dialed, dialedBeyondPools } from '../links/dialed.ts';
import type { Link } from '../links/link.ts';
import { type ReadTimeout, readTimeoutOf } from './time-limit.ts';

/** An app server that ends a request before nginx gives up waiting for it. */
export interface ShortAppLimit {
  readonly dialed: Dialed;
  readonly link: Link;
  readonly app: App;
  readonly limit: AppLimit;
  readonly timeout: Exclude<ReadTimeout, { kind: 'unknown' }>;
}

/** The addresses at which an app kills who works longer, where nginx waits longer still; the longest wait of each. */
export function shortAppLimits(host: Host): readonly ShortAppLimit[] {
  return dialedBeyondPools(host).flatMap((dialed): readonly ShortAppLimit[] => {
    const [listener] = answering(dialed.peer);
    const app = listener?.owner.kind === 'app' ? listener.owner.app : undefined;
    const limit = app?.limits?.requestSeconds;
    if (!app || !limit) return [];
    const waits = dialed.links.flatMap((link) => {
      const timeout = readTimeoutOf(link.pass);
      return timeout.kind !== 'unknown' && timeout.seconds > limit.value ? [{ link, timeout }] : [];
    });
    const longest = waits.reduce<(typeof waits)[number] | undefined>(
      (found, each) => (found && found.timeout.seconds >= each.timeout.seconds ? found : each),
      undefined,
    );
    return longest ? [{ dialed, app, limit, ...longest }] : [];
  });
}
