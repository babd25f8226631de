import type { RuleFinding } from '../engine/rule.ts';
import type { MisplacedPool } from '../model/checks/missing.ts';
import { peerSpan } from '../model/links/link.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import type { Span } from '../syntax/source.ts';
import { judgeMissing, type MissingJudgement } from './missing-finding.ts';

/** What differs between the rules that report a pool that listens elsewhere. */
export interface MisplacedWords {
  readonly message: string;
  readonly label: string;
  readonly help: string;
  readonly at: Span;
}

/** The finding for a pool that does not listen where it was meant to: the worst of what happens to the passes. */
export function misplacedFinding({ targets }: MisplacedPool, words: MisplacedWords): RuleFinding {
  const [worst] = targets.map(judgeMissing).sort((one, other) => rank(one) - rank(other));
  return {
    severity: worst?.severity ?? 'warning',
    ...words,
    ...(worst?.because !== undefined && { message: `${words.message}; ${worst.because}` }),
    related: targets
      .slice(0, 3)
      .map(({ peer }) => ({ span: peerSpan(peer), message: 'nginx connects to this' })),
    ...(worst?.predicts && { predicts: worst.predicts }),
    affects: visitorsOf(targets.flatMap(({ servers }) => servers)),
  };
}

function rank({ severity }: MissingJudgement): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}
