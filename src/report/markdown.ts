import type { Finding } from '../engine/finding.ts';
import type { Report } from '../engine/summary.ts';
import { lineText, positionAt } from '../syntax/source.ts';
import { consequenceOf } from './consequence.ts';
import { count } from './count.ts';
import { markdownBlock, markdownCode, markdownText } from './markdown-text.ts';
import type { ReportStyle } from './reporter.ts';
import { ruleUrl } from './rule-url.ts';
import { shownFindings } from './shown-findings.ts';
import { countsText, placeText, summaryLines } from './summary-lines.ts';

// A comment on GitHub holds 65,536 characters, a job summary 1 MiB. What is left goes to the summary below.
const mostCharacters = 60_000;
const mostAffected = 4;
const mostRelated = 5;
const mostCode = 300;

/** GitHub's and GitLab's Markdown, for a job summary or a comment. Nothing of the user's files is read as Markdown in it. */
export function markdown(report: Report, style: ReportStyle): string {
  const findings = shownFindings(report, style);
  const { summary, reading } = report;
  const isClean = findings.length === 0;
  const verdict =
    isClean && reading.unread.length > 0 ? 'no problem found in what could be read' : 'no problem found';
  const parts = [`## no502: ${isClean ? verdict : countsText(summary)}`];
  let used = 0;
  let shown = 0;
  for (const finding of findings) {
    const part = section(finding);
    used += part.length;
    if (used > mostCharacters) break;
    parts.push(part);
    shown++;
  }
  const left = findings.length - shown;
  if (left > 0) parts.push(`**${count(left, 'more finding')}** did not fit here.`);
  if (style.verbosity !== 'quiet') {
    const hidden = summary.suppressed > 0 ? [`${count(summary.suppressed, 'finding')} suppressed`] : [];
    const lines = [...summaryLines(report, false), ...hidden];
    parts.push(lines.map((line) => `- ${markdownText(line)}`).join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

function section(finding: Finding): string {
  const { severity, rule, message, at, related, predicts, help, fix } = finding;
  const consequence = consequenceOf(finding, mostAffected);
  const code = lineText(at.source, positionAt(at.source, at.start).line).trim().slice(0, mostCode);
  const places = related
    .slice(0, mostRelated)
    .map(({ span, message: text }) => `- ${markdownCode(placeText(span))}: ${markdownText(text)}`);
  const rest = related.length - places.length;
  const advice = [
    ...(consequence === undefined ? [] : [`- **Then** ${markdownText(consequence)}`]),
    ...(help === undefined ? [] : [`- **Help** ${markdownText(help)}`]),
    ...(fix ? [`- **Fix** ${markdownCode(fix.title)}`] : []),
  ];
  return [
    `### ${severity}: ${markdownText(message)}`,
    `${markdownCode(placeText(at))} · [${markdownText(rule)}](${ruleUrl(rule)})`,
    ...(code === '' ? [] : [markdownBlock([code])]),
    [...places, ...(rest > 0 ? [`- and ${count(rest, 'more place')}`] : []), ...advice].join('\n'),
    ...(predicts?.log ? [`Log:\n\n${markdownBlock([predicts.log])}`] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
