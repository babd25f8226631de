import type { Related } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import type { Master } from '../model/fpm/master.ts';
import type { Host } from '../model/host.ts';
import { serversBehind } from '../model/links/serves.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import type { Span } from '../syntax/source.ts';
import { refusalOf } from './fpm-refusal.ts';

/** Something that keeps a master from starting and that its own files do not show. */
export interface MasterRefusal {
  readonly master: Master;
  readonly message: string;
  /** php-fpm's line to the letter. */
  readonly log: string;
  readonly at: Span;
  /** Under which condition it happens, as it reads before "visitors get 502"; absent makes it an error. */
  readonly when?: string | undefined;
  /** True where `php-fpm -t` shows it too. */
  readonly seenByTest?: boolean;
  readonly help: string;
  readonly related?: readonly Related[];
}

/** The finding for a master that does not start, with every site that it takes down. */
export function masterRefusal(refusal: MasterRefusal, host: Host): RuleFinding {
  const { master, message, log, at, when, seenByTest, help, related } = refusal;
  return {
    severity: when === undefined ? 'error' : 'warning',
    message,
    ...(when === undefined && {
      label: `${master.title} does not start${seenByTest ? '' : ', though php-fpm -t passes'}`,
    }),
    at,
    ...(related && { related }),
    predicts: { ...refusalOf(master, log), ...(when !== undefined && { when }) },
    affects: visitorsOf(serversBehind(master, host)),
    help,
  };
}
