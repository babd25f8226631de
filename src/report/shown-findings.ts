import type { Finding } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import type { ReportStyle } from './reporter.ts';

/** The findings that a report shows: with `--quiet`, errors alone. */
export function shownFindings({ findings }: Report, { verbosity }: ReportStyle): readonly Finding[] {
  return verbosity === 'quiet' ? findings.filter(({ severity }) => severity === 'error') : findings;
}
