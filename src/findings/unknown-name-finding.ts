import type { Related } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import type { UnknownName } from '../model/checks/unreached.ts';
import { peerSpan } from '../model/links/link.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import { reportedLineOf } from '../syntax/nginx/tree.ts';
import { outcomeOf, withReason } from './outcome.ts';
import { everySite } from './refusal-finding.ts';

/** What a rule says of a name that nobody has. */
export interface UnknownNameWords {
  readonly message: string;
  readonly label: string;
  readonly related?: readonly Related[];
  readonly help: string;
}

/** The finding for a name that nobody has: nginx does not start, or answers 502 where it looks the name up with each request. */
export function unknownNameFinding(
  { peer, log, atRunTime, unless }: UnknownName,
  { message, label, related = [], help }: UnknownNameWords,
): RuleFinding {
  const at = peerSpan(peer);
  if (atRunTime) {
    const outcome = outcomeOf([atRunTime], { status: 502, log, ...when(unless) });
    return {
      severity: unless === undefined ? outcome.severity : 'warning',
      message: withReason(message, outcome),
      label,
      at,
      related,
      ...(outcome.predicts && { predicts: outcome.predicts }),
      affects: visitorsOf([atRunTime.server]),
      help,
    };
  }
  const { directive } = peer;
  return {
    severity: unless === undefined ? 'error' : 'warning',
    message,
    label,
    at,
    related,
    predicts: {
      status: null,
      log: `${log} in ${directive.source.path}:${reportedLineOf(directive)}`,
      writer: 'nginx',
      ...when(unless),
    },
    affects: everySite,
    help,
  };
}

function when(unless: string | undefined): { readonly when?: string } {
  return unless === undefined ? {} : { when: `unless ${unless}` };
}
