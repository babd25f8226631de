import type { Finding, Fix, Prediction } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import { positionAt, type Span } from '../syntax/source.ts';
import { jsonText } from './json-text.ts';
import type { ReportStyle } from './reporter.ts';
import { ruleUrl } from './rule-url.ts';
import { shownFindings } from './shown-findings.ts';

/** The stable format for programs: see the JSON contract in ARCHITECTURE.md. */
export function json(report: Report, style: ReportStyle): string {
  const { summary, baseline } = report;
  return jsonText({
    version: 1,
    findings: shownFindings(report, style).map(findingObject),
    ...(baseline && { baseline: { file: baseline.file, gone: baseline.gone } }),
    summary,
  });
}

function findingObject(finding: Finding): object {
  const { predicts, affects, help, fix } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    ...(help !== undefined && { help }),
    ...place(finding.at),
    ...(predicts && { predicts: predictionObject(predicts) }),
    ...(affects && { affects: [...affects] }),
    related: finding.related.map(({ span, message }) => ({ ...place(span), message })),
    ...(fix && { fix: fixObject(fix) }),
    url: ruleUrl(finding.rule),
  };
}

function predictionObject({ status, log, writer, refusesToStart, when }: Prediction): object {
  return {
    status,
    log,
    ...(writer !== undefined && { writer }),
    ...(refusesToStart && { refusesToStart }),
    ...(when !== undefined && { when }),
  };
}

function place({ source, start, end }: Span): object {
  const from = positionAt(source, start);
  const to = positionAt(source, end);
  return { file: source.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function fixObject({ safe, edits }: Fix): object {
  return {
    safe,
    edits: edits.map(({ span, text }) => ({
      file: span.source.file,
      start: span.start,
      end: span.end,
      text,
    })),
  };
}
