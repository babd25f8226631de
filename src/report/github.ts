import type { Finding, Severity } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import { positionAt } from '../syntax/source.ts';
import { detailsOf, relatedLines } from './finding-text.ts';
import type { ReportStyle } from './reporter.ts';
import { shownFindings } from './shown-findings.ts';
import { countsText, summaryLines } from './summary-lines.ts';
import { visible } from './visible.ts';

/**
 * Workflow commands: GitHub shows each finding beside its line in a pull request, and the rest in the log of the job.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function github(report: Report, style: ReportStyle): string {
  const commands = shownFindings(report, style).map(annotation);
  if (style.verbosity === 'quiet') return lines(commands);
  // A line that begins with "::" is a command, so no text of the user's files may begin one.
  const summary = summaryLines(report, style.verbosity === 'verbose').map(
    (line) => `no502: ${visible(line)}`,
  );
  return lines([...commands, ...summary, `no502: ${countsText(report.summary)}`]);
}

const commandNames = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

function annotation(finding: Finding): string {
  const { at, severity, rule, message } = finding;
  const { source } = at;
  const from = positionAt(source, at.start);
  const to = positionAt(source, at.end);
  const isOneLine = from.line === to.line;
  const properties = {
    file: visible(source.file),
    ...(source.text !== '' && { line: from.line, endLine: to.line }),
    // GitHub refuses columns where there are several lines.
    ...(source.text !== '' && isOneLine && { col: from.column, endColumn: to.column }),
    title: visible(rule),
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = [visible(message), ...detailsOf(finding), ...relatedLines(finding)].join('\n');
  return `::${commandNames[severity]} ${list.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
