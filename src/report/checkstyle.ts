import type { Finding } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import { positionAt } from '../syntax/source.ts';
import { detailsOf } from './finding-text.ts';
import type { ReportStyle } from './reporter.ts';
import { shownFindings } from './shown-findings.ts';
import { visible } from './visible.ts';
import { type XmlElement, xmlDocument } from './xml.ts';

/** The XML of Checkstyle, which Jenkins, reviewdog and most dashboards read. https://checkstyle.org */
export function checkstyle(report: Report, style: ReportStyle): string {
  const byFile = new Map<string, Finding[]>();
  for (const finding of shownFindings(report, style)) {
    const known = byFile.get(finding.at.source.file);
    if (known) known.push(finding);
    else byFile.set(finding.at.source.file, [finding]);
  }
  const files = [...byFile].map(([name, findings]) => ({
    name: 'file',
    attributes: { name },
    children: findings.map(errorElement),
  }));
  return xmlDocument({ name: 'checkstyle', attributes: { version: '4.3' }, children: files });
}

function errorElement(finding: Finding): XmlElement {
  const { at, severity, rule, message } = finding;
  const { line, column } = positionAt(at.source, at.start);
  const text = [visible(message), ...detailsOf(finding)].join('; ');
  return {
    name: 'error',
    attributes: { line, column, severity, message: text, source: `no502.${rule}` },
  };
}
