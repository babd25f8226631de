import { own } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import type { Refusal } from './refusal.ts';

/**
 * An `nginx.conf` without `events`, which nginx asks for only after it has read everything: a refusal before that hides it.
 * https://nginx.org/en/docs/ngx_core_module.html#events
 */
export function missingEvents({ main, mainFile, complete, problems }: Nginx): Refusal | undefined {
  if (!complete || !mainFile || main.kind !== 'main' || own(main, 'events')) return undefined;
  if (problems.some(({ fatal }) => fatal)) return undefined;
  return {
    at: { source: mainFile, start: 0, end: 0 },
    log: 'no "events" section in configuration',
    related: [],
  };
}
