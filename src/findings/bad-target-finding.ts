import type { Fix } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import type { BadTarget } from '../model/nginx/start/bad-target.ts';
import { startRefusal } from './start-refusal.ts';

/** What a rule adds to an address that nginx does not take. */
export interface BadTargetWords {
  readonly label?: string;
  readonly help: string;
  readonly fix?: Fix;
}

/**
 * The finding for an address that nginx does not take. Written out, nginx refuses to start; made of variables, nginx
 * starts and answers 500 to every request that comes to it.
 */
export function badTargetFinding(bad: BadTarget, words: BadTargetWords): RuleFinding {
  if (bad.atRunTime.length === 0) return startRefusal(bad, { ...words, message: bad.said });
  const { conditional, said, log, at, atRunTime } = bad;
  return {
    ...words,
    severity: conditional ? 'warning' : 'error',
    message: `requests passed there are answered 500: ${said}`,
    at,
    related: atRunTime
      .filter(({ directive, word }) => directive.source !== at.source || word.start !== at.start)
      .slice(0, 3)
      .map(({ directive, word }) => ({
        span: { source: directive.source, start: word.start, end: word.end },
        message: 'it is used here',
      })),
    predicts: { status: 500, log },
    affects: visitorsOf(atRunTime.map(({ server }) => server)),
  };
}
