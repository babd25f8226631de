import type { Finding } from '../engine/finding.ts';
import { reaches } from '../engine/severity.ts';
import type { Report } from '../engine/summary.ts';
import { detailsOf, relatedLines } from './finding-text.ts';
import type { ReportStyle, RunSettings } from './reporter.ts';
import { ruleUrl } from './rule-url.ts';
import { shownFindings } from './shown-findings.ts';
import { placeText } from './summary-lines.ts';
import { visible } from './visible.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

/**
 * The XML of JUnit as Jenkins and GitLab read it: a test case for each finding, and one for each rule that found
 * nothing. A finding fails its test where it fails the run; a rule that could not judge is a skipped test.
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junit(report: Report, style: ReportStyle, { rules, failOn }: RunSettings): string {
  const findings = shownFindings(report, style);
  const failures = findings.filter(({ severity }) => reaches(severity, failOn));
  const failing = new Set(failures);
  const names = new Map<string, number>();
  const found = new Set(report.findings.map(({ rule }) => rule));
  const reasons = new Map<string, string[]>();
  for (const { rule, reason } of report.summary.skipped) {
    reasons.set(rule, [...(reasons.get(rule) ?? []), reason]);
  }
  const silent = rules.filter(({ id }) => !found.has(id));
  const skipped = silent.filter(({ id }) => reasons.has(id)).length;
  const cases = [
    ...findings.map((finding) => findingCase(finding, failing.has(finding), names)),
    ...silent.map(({ id, title }) => ruleCase(id, title, reasons.get(id))),
  ];
  const counts = { tests: cases.length, failures: failures.length, errors: 0 };
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'no502', ...counts },
    children: [{ name: 'testsuite', attributes: { name: 'no502', ...counts, skipped }, children: cases }],
  });
}

function findingCase(finding: Finding, fails: boolean, names: Map<string, number>): XmlElement {
  const { at, rule, severity, message } = finding;
  const classname = at.source.file;
  // GitLab and Jenkins know a test by these two. Without the line, a finding that moves stays the same test.
  const name = `${rule}: ${visible(message)}`;
  const key = JSON.stringify([classname, name]);
  const occurrence = (names.get(key) ?? 0) + 1;
  names.set(key, occurrence);
  const story = [
    visible(`${placeText(at)}: ${severity}: ${message}`),
    ...relatedLines(finding),
    ...detailsOf(finding),
    ruleUrl(rule),
  ].join('\n');
  return {
    name: 'testcase',
    attributes: { classname, name: occurrence === 1 ? name : `${name} (${occurrence})` },
    children: [
      fails
        ? { name: 'failure', attributes: { type: severity, message: visible(message) }, children: [story] }
        : { name: 'system-out', children: [story] },
    ],
  };
}

function ruleCase(id: string, title: string, reasons: readonly string[] | undefined): XmlElement {
  return {
    name: 'testcase',
    attributes: { classname: 'no502', name: `${id}: ${title}` },
    children: reasons ? [{ name: 'skipped', children: [`not checked: ${reasons.join('; ')}`] }] : [],
  };
}
