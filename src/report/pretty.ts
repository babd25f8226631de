import type { Finding, Prediction } from '../engine/finding.ts';
import { drawFrames, type Mark } from './frame.ts';
import { type Paint, paintOf } from './paint.ts';
import { prettySummary } from './pretty-summary.ts';
import type { Reporter, ReportStyle } from './reporter.ts';
import { ruleUrl } from './rule-url.ts';
import { visible } from './visible.ts';
import { wrap } from './wrap.ts';

const mostRelated = 8;
const mostAffected = 4;
const keyWidth = 6;

/** The format for people: code frames, what will happen, what to do, and a summary of what was judged. */
export const pretty: Reporter = (report, style) => {
  const paint = paintOf(style.colors);
  const isQuiet = style.verbosity === 'quiet';
  const shown = isQuiet ? report.findings.filter(({ severity }) => severity === 'error') : report.findings;
  const blocks = shown.map((finding) => prettyFinding(finding, style, paint));
  if (!isQuiet) blocks.push(prettySummary(report, style, paint));
  return blocks.map((block) => `${block.join('\n')}\n`).join('\n');
};

function prettyFinding(finding: Finding, style: ReportStyle, paint: Paint): readonly string[] {
  const { severity, rule, message, predicts, help, fix } = finding;
  const most = style.verbosity === 'verbose' ? Number.POSITIVE_INFINITY : mostRelated;
  const marks: Mark[] = [
    { span: finding.at, role: 'cause', ...(finding.label !== undefined && { label: finding.label }) },
    ...finding.related
      .slice(0, most)
      .map(({ span, message: label }): Mark => ({ span, label, role: 'related' })),
  ];
  const rows = [
    `${paint.severity[severity](`${severity}[${rule}]`)}${paint.strong(`: ${visible(message)}`)}`,
    ...drawFrames(marks, { columns: style.columns, paint, cause: paint.severity[severity] }),
  ];
  const hidden = finding.related.length - most;
  if (hidden > 0) rows.push(paint.dim(`      and ${hidden} more places: --verbose shows them`));

  const note = (key: string, text: string): void => {
    rows.push(...keyed(key, wrap(visible(text), style.columns - keyWidth - 2), paint));
  };
  rows.push('');
  if (predicts) {
    note('then', consequence(predicts, affected(finding, most)));
    // To the letter: not wrapped, so that it can be searched for in the log.
    rows.push(...keyed('log', [visible(predicts.log)], paint));
  } else if (finding.affects && finding.affects.length > 0) {
    note('hits', affected(finding, most));
  }
  if (help !== undefined) note('help', help);
  if (fix) note('fix', fix.title);
  rows.push(...keyed('docs', [paint.dim(ruleUrl(rule))], paint));
  return rows;
}

/** Lines behind a key: `  help  Point the pass at ...`. */
function keyed(key: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.map(
    (line, index) => `  ${index === 0 ? paint.strong(key.padEnd(keyWidth)) : ' '.repeat(keyWidth)}${line}`,
  );
}

// Names of https://www.iana.org/assignments/http-status-codes and of nginx itself, for what a rule may predict.
const statusNames: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  413: 'Request Entity Too Large',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

function consequence({ status, writer }: Prediction, who: string): string {
  if (status === null) {
    const refuses = `${writer ?? 'the daemon'} refuses to start`;
    return who === '' ? refuses : `${refuses}; it takes down ${who}`;
  }
  const name = statusNames[status];
  const answer = name === undefined ? String(status) : `${status} ${name}`;
  return `${who === '' ? 'visitors' : who} get ${answer}`;
}

/** `visitors of a.example, b.example and 3 more`. */
function affected({ affects = [] }: Finding, most: number): string {
  const shared = sharedBeginning(affects);
  const named = affects.slice(0, Math.min(most, mostAffected)).map((name) => name.slice(shared.length));
  const rest = affects.length - named.length;
  if (rest > 0) named.push(`${rest} more`);
  const last = named.pop();
  if (last === undefined) return '';
  return shared + (named.length === 0 ? last : `${named.join(', ')} and ${last}`);
}

// "visitors of a" and "visitors of b" are one sentence: what they share up to the last word "of" is said once.
function sharedBeginning(names: readonly string[]): string {
  const first = names[0] ?? '';
  const beginning = first.slice(0, first.lastIndexOf(' of ') + 4);
  const isShared = first.includes(' of ') && names.every((name) => name.startsWith(beginning));
  return isShared ? beginning : '';
}
