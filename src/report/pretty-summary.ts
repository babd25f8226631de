import type { Reading, ReadPass, Report, Summary } from '../engine/summary.ts';
import { count } from './count.ts';
import type { Paint } from './paint.ts';
import type { ReportStyle } from './reporter.ts';
import { placeText, summaryLines } from './summary-lines.ts';
import { visible } from './visible.ts';
import { wrap } from './wrap.ts';

/** What was read and linked, what could not be judged and why, and the verdict in the last line. */
export function prettySummary(
  report: Report,
  { columns, verbosity, canFix = false }: ReportStyle,
  paint: Paint,
): readonly string[] {
  const { summary, reading } = report;
  const isVerbose = verbosity === 'verbose';
  const hanging = (text: string): readonly string[] =>
    wrap(visible(text), columns - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
  return [
    ...(isVerbose ? listReading(reading) : []),
    ...summaryLines(report, isVerbose).flatMap(hanging),
    ...(canFix ? fixableLine(report) : []),
    verdict(summary, reading, paint),
  ];
}

function listReading({ files, passes, templates = [] }: Reading): readonly string[] {
  const widest = Math.max(0, ...files.map(({ as }) => as.length));
  // Services of a project share files.
  const read = new Set(files.map(({ file, as }) => visible(`  ${as.padEnd(widest)}  ${file}`)));
  return [
    `read ${count(read.size, 'file')}:`,
    ...read,
    ...(templates.length > 0 ? [`met ${count(templates.length, 'template')}:`] : []),
    ...templates.map(({ file, placeholder, isRead }) =>
      visible(`  ${isRead ? 'in part' : 'not judged'}  ${file}  has ${placeholder}`),
    ),
    passes.length === 0 ? 'found no passes' : `found ${count(passes.length, 'pass', 'passes')}:`,
    ...passes.map((pass) => visible(`  ${linkWords[pass.link].padEnd(7)}  ${passLine(pass)}`)),
    '',
  ];
}

const linkWords = { found: 'linked', missing: 'MISSING', unknown: 'unknown' } as const satisfies Record<
  ReadPass['link'],
  string
>;

function passLine({ at, pass, because }: ReadPass): string {
  return `${placeText(at)}  ${pass}  ${because}`;
}

function fixableLine({ findings }: Report): readonly string[] {
  const fixes = findings.flatMap(({ fix }) => (fix ? [fix] : []));
  const safe = fixes.filter((fix) => fix.safe).length;
  const unsafe = fixes.length - safe;
  if (fixes.length === 0) return [];
  return [
    `fixable: ${[
      ...(safe > 0 ? [`${safe} with --fix`] : []),
      ...(unsafe > 0 ? [`${unsafe}${safe > 0 ? ' more' : ''} with --fix-unsafe`] : []),
    ].join(', ')}`,
  ];
}

function verdict(summary: Summary, { unread }: Reading, paint: Paint): string {
  const { errors, warnings, infos, suppressed } = summary;
  const hidden = suppressed > 0 ? paint.dim(` (${suppressed} suppressed)`) : '';
  if (errors + warnings + infos === 0) {
    const { servers, passes, masters, pools, templates = 0 } = summary;
    if (unread.length + templates === 0) return paint.good('no problem found') + hidden;
    // Silence about a file that was not read must not look like health.
    return servers + passes + masters + pools === 0
      ? paint.strong('nothing could be checked')
      : paint.strong('no problem found in what could be read') + hidden;
  }
  const part = (number: number, words: string, color: (text: string) => string): string =>
    number > 0 ? color(words) : words;
  return `${[
    part(errors, count(errors, 'error'), paint.severity.error),
    part(warnings, count(warnings, 'warning'), paint.severity.warning),
    part(infos, count(infos, 'info'), paint.severity.info),
  ].join(', ')}${hidden}`;
}
