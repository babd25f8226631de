import type { Prediction, Severity } from '../engine/finding.ts';
import { type Dialed, othersOf, passesOf } from '../model/links/dialed.ts';
import { coverOf } from '../model/nginx/cover.ts';
import type { Pass } from '../model/nginx/pass.ts';

/** What a failure at a pass comes to, once what stands around the pass is looked at. */
export interface Outcome {
  readonly severity: Severity;
  readonly predicts?: Prediction;
  /** Why it is no error, to go behind the message. */
  readonly because?: string;
}

/** What visitors meet where passes fail in the same way: an `error_page` may answer in their place. */
export function outcomeOf(passes: readonly Pass[], predicts: Prediction): Outcome {
  const { status } = predicts;
  if (status === null) return { severity: 'error', predicts };
  for (const pass of passes) {
    const cover = coverOf(pass, status);
    if (cover.kind === 'none') return { severity: 'error', predicts };
    if (cover.kind === 'status' && cover.status >= 400) {
      return { severity: 'error', predicts: { ...predicts, status: cover.status } };
    }
  }
  return { severity: 'warning', because: 'an error_page answers in its place' };
}

/** The same for one address: another server of the upstream may take the request, or only one value of a map leads there. */
export function outcomeAt(dialed: Dialed, predicts: Prediction): Outcome {
  const { peer } = dialed;
  const outcome = outcomeOf(passesOf(dialed), predicts);
  if (peer.upstream?.server.backup) {
    return { severity: 'warning', because: 'it is asked where the other servers fail' };
  }
  if (othersOf(dialed).length > 0) {
    return {
      ...under("when it is this server's turn", outcome),
      severity: 'warning',
      because: 'requests that come to this server of the upstream fail',
    };
  }
  if (peer.choice && outcome.severity === 'error') {
    return {
      ...under(`where the map gives "${peer.choice.when}"`, outcome),
      severity: 'warning',
      because: `requests for which the map gives "${peer.choice.when}" fail`,
    };
  }
  return outcome;
}

function under(when: string, outcome: Outcome): Outcome {
  return outcome.predicts ? { ...outcome, predicts: { ...outcome.predicts, when } } : outcome;
}

/** A message with the reason why it is no error behind it. */
export function withReason(message: string, { because }: Outcome): string {
  return because === undefined ? message : `${message}; ${because}`;
}
