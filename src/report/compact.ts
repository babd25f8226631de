import type { Report } from '../engine/summary.ts';
import { positionAt } from '../syntax/source.ts';
import type { ReportStyle } from './reporter.ts';
import { shownFindings } from './shown-findings.ts';
import { visible } from './visible.ts';

/** One line a finding, as compilers print it and editors read it: `file:line:column: severity: message [rule]`. */
export function compact(report: Report, style: ReportStyle): string {
  let text = '';
  for (const { at, severity, message, rule } of shownFindings(report, style)) {
    const { line, column } = positionAt(at.source, at.start);
    text += `${visible(`${at.source.file}:${line}:${column}: ${severity}: ${message} [${rule}]`)}\n`;
  }
  return text;
}
