import type { Fix, Severity } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import type { Refusal } from '../model/nginx/start/refusal.ts';
import type { Span } from '../syntax/source.ts';
import { everySite } from './refusal-finding.ts';

/** What a rule says about a refusal in its own words. */
export interface RefusalWords {
  readonly severity?: Severity;
  readonly message: string;
  readonly label?: string;
  /** Under the carets of the other places. */
  readonly beside?: string;
  /** Under which condition nginx refuses: see `Prediction`. */
  readonly when?: string;
  readonly help?: string;
  readonly fix?: Fix;
}

/** The finding for something that keeps nginx from starting, so that every site of it is down. */
export function startRefusal({ at, log, related }: Refusal, words: RefusalWords): RuleFinding {
  const { beside = 'together with this', when, ...said } = words;
  return {
    ...said,
    at,
    related: related.map((span: Span) => ({ span, message: beside })),
    predicts: { status: null, log, writer: 'nginx', ...(when !== undefined && { when }) },
    affects: everySite,
  };
}
