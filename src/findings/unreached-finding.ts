import type { Fix, Related } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import { missingLog } from '../model/checks/missing.ts';
import { type Dialed, passesOf } from '../model/links/dialed.ts';
import { peerSpan } from '../model/links/link.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import type { Span } from '../syntax/source.ts';
import { outcomeAt, withReason } from './outcome.ts';

/** What a rule says of an address at which nobody answers. */
export interface UnreachedWords {
  readonly message: string;
  readonly label?: string;
  /** The cause, where it is not the address that nginx dials. */
  readonly at?: Span;
  readonly related?: readonly Related[];
  readonly help: string;
  readonly fix?: Fix;
  /** Under which condition somebody answers all the same, as it reads behind "unless": no more than a warning. */
  readonly unless?: string | undefined;
}

/** The finding for an address at which nobody answers, on this host or another: 502, unless something answers in its place. */
export function unreachedFinding(dialed: Dialed, words: UnreachedWords): RuleFinding {
  const { message, label, at, related = [], help, fix, unless } = words;
  const { peer } = dialed;
  const outcome = outcomeAt(dialed, {
    status: 502,
    log: missingLog(peer),
    ...(unless !== undefined && { when: `unless ${unless}` }),
  });
  return {
    severity: unless === undefined || outcome.severity === 'info' ? outcome.severity : 'warning',
    message: withReason(message, outcome),
    ...(label !== undefined && { label }),
    at: at ?? peerSpan(peer),
    related: [...(at ? [{ span: peerSpan(peer), message: 'nginx dials it here' }] : []), ...related],
    ...(outcome.predicts && { predicts: outcome.predicts }),
    affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
    help,
    ...(fix && { fix }),
  };
}
