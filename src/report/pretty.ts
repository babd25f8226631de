import type { Finding } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import { affectedBy, consequenceOf } from './consequence.ts';
import { count } from './count.ts';
import { drawFrames, type Mark } from './frame.ts';
import { type Paint, paintOf } from './paint.ts';
import { prettySummary } from './pretty-summary.ts';
import type { ReportStyle } from './reporter.ts';
import { ruleUrl } from './rule-url.ts';
import { shownFindings } from './shown-findings.ts';
import { visible } from './visible.ts';
import { wrap } from './wrap.ts';

const mostRelated = 8;
const mostAffected = 4;
const keyWidth = 6;

/** The format for people: code frames, what will happen, what to do, and a summary of what was judged. */
export function pretty(report: Report, style: ReportStyle): string {
  const paint = paintOf(style.colors);
  const blocks = shownFindings(report, style).map((finding) => prettyFinding(finding, style, paint));
  if (style.verbosity !== 'quiet') blocks.push(prettySummary(report, style, paint));
  return blocks.map((block) => `${block.join('\n')}\n`).join('\n');
}

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
  if (hidden > 0)
    rows.push(
      paint.dim(
        `      and ${count(hidden, 'more place', 'more places')}: --verbose shows ${hidden === 1 ? 'it' : 'them'}`,
      ),
    );

  const note = (key: string, text: string): void => {
    rows.push(...keyed(key, wrap(visible(text), style.columns - keyWidth - 2), paint));
  };
  rows.push('');
  const consequence = consequenceOf(finding, mostAffected);
  if (predicts && consequence !== undefined) {
    note('then', consequence);
    // To the letter: not wrapped, so that it can be searched for in the log.
    if (predicts.log === '') note('log', 'nothing');
    else rows.push(...keyed('log', [visible(predicts.log)], paint));
  } else if (finding.affects && finding.affects.length > 0) {
    note('hits', affectedBy(finding, mostAffected));
  }
  if (help !== undefined) note('help', help);
  if (fix) note('fix', fix.safe ? fix.title : `${fix.title} (--fix-unsafe)`);
  rows.push(...keyed('docs', [paint.dim(ruleUrl(rule))], paint));
  return rows;
}

/** Lines behind a key: `  help  Point the pass at ...`. */
function keyed(key: string, lines: readonly string[], paint: Paint): readonly string[] {
  return lines.map(
    (line, index) => `  ${index === 0 ? paint.strong(key.padEnd(keyWidth)) : ' '.repeat(keyWidth)}${line}`,
  );
}
