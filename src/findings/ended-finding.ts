import type { RuleFinding } from '../engine/rule.ts';
import { type EndedContainer, endedLog } from '../model/checks/ended-container.ts';
import { passesOf } from '../model/links/dialed.ts';
import { peerSpan } from '../model/links/link.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import { outcomeAt, withReason } from './outcome.ts';

/** What decides that php-fpm goes into the background, as it reads under the place. */
const CAUSES: Readonly<Record<EndedContainer['by'], string>> = {
  option: 'php-fpm is started with -D',
  line: 'this sends it there',
  default: 'none of the files that php-fpm reads now has daemonize = no',
};

/** The finding for a container that ends as it starts: 502 wherever nginx dials it, a warning where nobody is known to. */
export function endedFinding({ host, by, at, dialed }: EndedContainer): RuleFinding {
  const title = host.place?.title ?? host.name;
  const outcomes = dialed.map((each) => outcomeAt(each, { status: 502, log: endedLog(each.peer) }));
  const outcome = outcomes.find(({ severity }) => severity === 'error') ?? outcomes[0];
  const message = `php-fpm goes into the background, and the container of ${title} ends with that`;
  return {
    severity: outcome?.severity ?? 'warning',
    message: outcome ? withReason(message, outcome) : message,
    label: CAUSES[by],
    at,
    related: dialed.map(({ peer }) => ({ span: peerSpan(peer), message: 'nginx dials it here' })),
    ...(outcome?.predicts && { predicts: outcome.predicts }),
    affects: visitorsOf(dialed.flatMap(passesOf).map(({ server }) => server)),
    help:
      by === 'option'
        ? 'start it with php-fpm -F'
        : 'write daemonize = no below [global], or start it with php-fpm -F',
  };
}
