import type { Finding, Severity } from '../engine/finding.ts';
import { fingerprintsOf } from '../engine/fingerprint.ts';
import type { Report } from '../engine/summary.ts';
import { positionAt } from '../syntax/source.ts';
import { detailsOf, relatedLines } from './finding-text.ts';
import { jsonText } from './json-text.ts';
import type { ReportStyle } from './reporter.ts';
import { ruleUrl } from './rule-url.ts';
import { shownFindings } from './shown-findings.ts';
import { visible } from './visible.ts';

/**
 * GitLab's code quality report: its widget compares the fingerprints of two branches and shows what is new.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlab(report: Report, style: ReportStyle): string {
  const findings = shownFindings(report, style);
  const fingerprints = fingerprintsOf(findings);
  return jsonText(findings.map((finding, index) => issue(finding, fingerprints[index] ?? '')));
}

const severityNames = { error: 'critical', warning: 'major', info: 'info' } as const satisfies Record<
  Severity,
  string
>;

function issue(finding: Finding, fingerprint: string): object {
  const { at, rule, severity, message } = finding;
  const { line: begin } = positionAt(at.source, at.start);
  const { line: end } = positionAt(at.source, Math.max(at.start, at.end - 1));
  const details = [...detailsOf(finding), ...relatedLines(finding), ruleUrl(rule)];
  return {
    type: 'issue',
    description: visible(message),
    check_name: rule,
    fingerprint,
    severity: severityNames[severity],
    categories: ['Bug Risk'],
    location: { path: at.source.file, lines: { begin, end } },
    content: { body: details.join('\n\n') },
  };
}
