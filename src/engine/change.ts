import type { Finding } from './finding.ts';
import { fingerprintsOf } from './fingerprint.ts';
import { reaches } from './severity.ts';
import { type Report, summarize } from './summary.ts';

/** True where a finding, or a place related to it, lies in one of the files for which `touches` is true. */
export function isTouched({ at, related }: Finding, touches: (file: string) => boolean): boolean {
  return touches(at.source.file) || related.some(({ span }) => touches(span.source.file));
}

/** The findings that were not there before, or were less bad. */
export function newSince(findings: readonly Finding[], before: readonly Finding[]): ReadonlySet<Finding> {
  const prints = fingerprintsOf(before);
  const known = new Map(before.map(({ severity }, index) => [prints[index], severity]));
  const now = fingerprintsOf(findings);
  return new Set(
    findings.filter(({ severity }, index) => {
      const then = known.get(now[index]);
      return then === undefined || !reaches(then, severity);
    }),
  );
}

/** A report with only those of its findings that are to be kept; how many others it had stands in its summary. */
export function narrowTo(report: Report, keeps: (finding: Finding) => boolean): Report {
  const findings = report.findings.filter(keeps);
  const { skipped, suppressed } = report.summary;
  const summary = summarize(report.summary, findings, skipped, suppressed);
  return {
    ...report,
    findings,
    summary: { ...summary, elsewhere: report.findings.length - findings.length },
  };
}
