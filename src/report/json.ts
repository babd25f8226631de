import type { Finding, Fix } from '../engine/finding.ts';
import { positionAt, type Span } from '../syntax/source.ts';
import type { Reporter } from './reporter.ts';
import { ruleUrl } from './rule-url.ts';

/** The stable format for programs: see the JSON contract in ARCHITECTURE.md. */
export const json: Reporter = ({ findings, summary }, { verbosity }) => {
  const shown = verbosity === 'quiet' ? findings.filter(({ severity }) => severity === 'error') : findings;
  const document = { version: 1, findings: shown.map(findingObject), summary };
  return `${escapeHidden(JSON.stringify(document, undefined, 2))}\n`;
};

function findingObject(finding: Finding): object {
  const { predicts, affects, help, fix } = finding;
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    ...(help !== undefined && { help }),
    ...place(finding.at),
    ...(predicts && { predicts: { status: predicts.status, log: predicts.log } }),
    ...(affects && { affects }),
    related: finding.related.map(({ span, message }) => ({ ...place(span), message })),
    ...(fix && { fix: fixObject(fix) }),
    url: ruleUrl(finding.rule),
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

// JSON.stringify escapes C0 and lone surrogates, not what else can steer a terminal that the JSON is printed on.
const hidden =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g;

function escapeHidden(text: string): string {
  return text.replace(hidden, (found) => {
    let escaped = '';
    for (let index = 0; index < found.length; index++) {
      escaped += `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }
    return escaped;
  });
}
