import { homepage, version } from '../about.ts';
import type { Edit, Finding, Fix } from '../engine/finding.ts';
import { fingerprintsOf } from '../engine/fingerprint.ts';
import type { Report } from '../engine/summary.ts';
import { positionAt, type Span } from '../syntax/source.ts';
import { detailsOf } from './finding-text.ts';
import { jsonText } from './json-text.ts';
import type { ReportStyle, RunSettings } from './reporter.ts';
import { sarifLevels, sarifRule } from './sarif-rule.ts';
import { shownFindings } from './shown-findings.ts';
import { fileUri } from './uri.ts';
import { visible } from './visible.ts';

const sourceRoot = '%SRCROOT%';

/**
 * SARIF 2.1.0, for code scanning. Paths are relative to the current directory, which is to be the root of the
 * repository. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
 */
export function sarif(report: Report, style: ReportStyle, { rules }: RunSettings): string {
  const findings = shownFindings(report, style);
  const fingerprints = fingerprintsOf(findings);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'no502',
            semanticVersion: version,
            informationUri: homepage,
            rules: rules.map(sarifRule),
          },
        },
        invocations: [invocation(report, indexes)],
        originalUriBaseIds: {
          [sourceRoot]: { description: { text: 'The directory in which no502 was called.' } },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding, index) =>
          result(finding, fingerprints[index] ?? '', indexes.get(finding.rule)),
        ),
      },
    ],
  });
}

function result(finding: Finding, fingerprint: string, ruleIndex: number | undefined): object {
  const { rule, severity, message, at, related, predicts, fix } = finding;
  const properties = predicts && {
    status: predicts.status,
    log: predicts.log,
    ...(predicts.when !== undefined && { when: predicts.when }),
  };
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: sarifLevels[severity],
    // GitHub lists alerts by their first sentence, and shows the rest beside the line.
    message: { text: messageText([`${message}.`, ...detailsOf(finding)].join('\n')) },
    locations: [{ physicalLocation: physicalLocation(at) }],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ span, message: text }, id) => ({
        id,
        physicalLocation: physicalLocation(span),
        message: { text: messageText(text) },
      })),
    }),
    // A key of our own: under GitHub's, upload-sarif warns of every value that it would have computed otherwise.
    partialFingerprints: { 'no502Finding/v1': fingerprint },
    ...(fix && { fixes: [sarifFix(fix)] }),
    ...(properties && { properties }),
  };
}

// In a message, "[text](1)" is a link; a text of the user's files is to be none. Section 3.11.6.
function messageText(text: string): string {
  return text.split('\n').map(visible).join('\n').replaceAll('](', '\\](');
}

function physicalLocation(span: Span): object {
  // A file that could not be read has no lines.
  const region = span.source.text === '' ? {} : { region: regionOf(span) };
  return { artifactLocation: artifactLocation(span.source.file), ...region };
}

function artifactLocation(file: string): object {
  return { uri: fileUri(file), ...(!file.startsWith('/') && { uriBaseId: sourceRoot }) };
}

function regionOf({ source, start, end }: Span): object {
  const from = positionAt(source, start);
  const to = positionAt(source, end);
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function sarifFix({ title, edits }: Fix): object {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) {
    const known = byFile.get(edit.span.source.file);
    if (known) known.push(edit);
    else byFile.set(edit.span.source.file, [edit]);
  }
  return {
    description: { text: messageText(title) },
    artifactChanges: [...byFile].map(([file, changes]) => ({
      artifactLocation: artifactLocation(file),
      replacements: changes.map(({ span, text }) => ({
        deletedRegion: regionOf(span),
        insertedContent: { text },
      })),
    })),
  };
}

/** What could not be judged: SARIF has a place for it, so that silence does not look like health. */
function invocation({ summary, reading }: Report, indexes: ReadonlyMap<string, number>): object {
  const notifications = [
    ...summary.skipped.map(({ rule, reason }) => ({
      level: 'note',
      message: { text: messageText(`not checked: ${rule} (${reason})`) },
      associatedRule: { id: rule, index: indexes.get(rule) ?? -1 },
    })),
    ...reading.unread.map(({ file, reason }) => ({
      level: 'warning',
      message: { text: messageText(`not read: ${file} (${reason})`) },
      locations: [{ physicalLocation: { artifactLocation: artifactLocation(file) } }],
    })),
  ];
  return {
    executionSuccessful: !reading.unread.some(({ named }) => named),
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  };
}
