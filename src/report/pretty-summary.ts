import type { Reading, ReadPass, Report, Summary } from '../engine/summary.ts';
import { positionAt } from '../syntax/source.ts';
import { count } from './count.ts';
import type { Paint } from './paint.ts';
import type { ReportStyle } from './reporter.ts';
import { visible } from './visible.ts';
import { wrap } from './wrap.ts';

const mostUnknown = 3;

/** What was read and linked, what could not be judged and why, and the verdict in the last line. */
export function prettySummary(
  { summary, reading }: Report,
  { columns, verbosity }: ReportStyle,
  paint: Paint,
): readonly string[] {
  const isVerbose = verbosity === 'verbose';
  const hanging = (text: string): readonly string[] =>
    wrap(visible(text), columns - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
  return [
    ...(isVerbose ? listReading(reading) : []),
    ...hanging(coverage(summary, reading)),
    ...unknownPasses(reading, isVerbose ? Number.POSITIVE_INFINITY : mostUnknown).flatMap(hanging),
    ...templatesLine(summary, isVerbose).flatMap(hanging),
    ...summary.skipped.flatMap(({ rule, reason }) => hanging(`not checked: ${rule} (${reason})`)),
    ...reading.unread.flatMap(({ file, reason }) => hanging(`not read: ${file} (${reason})`)),
    verdict(summary, reading, paint),
  ];
}

function coverage(summary: Summary, { masters }: Reading): string {
  const { hosts, servers, passes, linked, unknown, pools } = summary;
  const missing = passes - linked - unknown;
  const ends = [
    linked > 0 && `${linked} ${linked === 1 ? 'reaches its' : 'reach their'} listener`,
    missing > 0 && `${missing} ${missing === 1 ? 'reaches' : 'reach'} nobody`,
    unknown > 0 && `${unknown} could not be judged`,
  ].filter((end) => end !== false);
  const names = masters.map(({ name }) => name);
  return [
    hosts > 1 ? `${count(hosts, 'host')}; ` : '',
    `${count(servers, 'server')}, ${count(passes, 'pass', 'passes')}`,
    ends.length > 0 ? `: ${ends.join(', ')}` : '',
    `; ${count(summary.masters, 'php-fpm master')}`,
    names.length > 0 ? ` (${[...new Set(names)].join(', ')})` : '',
    `, ${count(pools, 'pool')}`,
  ].join('');
}

function unknownPasses({ passes }: Reading, most: number): readonly string[] {
  const unknown = passes.filter(({ link }) => link === 'unknown');
  const lines = unknown
    .slice(0, most)
    .map(({ at, pass, because }) => `not judged: ${pass} at ${place(at)} (${because})`);
  const rest = unknown.length - lines.length;
  if (rest > 0) lines.push(`not judged: ${count(rest, 'more pass', 'more passes')} (--verbose names them)`);
  return lines;
}

function templatesLine({ templates = 0 }: Summary, isVerbose: boolean): readonly string[] {
  if (templates === 0) return [];
  const names = isVerbose ? '' : '; --verbose names them';
  return [
    `not judged: ${count(templates, 'template')} (to be filled in before nginx or php-fpm reads it${names})`,
  ];
}

function listReading({ files, passes, templates = [] }: Reading): readonly string[] {
  const widest = Math.max(0, ...files.map(({ as }) => as.length));
  return [
    `read ${count(files.length, 'file')}:`,
    ...files.map(({ file, as }) => visible(`  ${as.padEnd(widest)}  ${file}`)),
    ...(templates.length > 0 ? [`did not judge ${count(templates.length, 'template')}:`] : []),
    ...templates.map(({ file, placeholder }) => visible(`  ${file}  has ${placeholder}`)),
    `found ${count(passes.length, 'pass', 'passes')}:`,
    ...passes.map((pass) => visible(`  ${linkWords[pass.link].padEnd(7)}  ${passLine(pass)}`)),
    '',
  ];
}

const linkWords = { found: 'linked', missing: 'MISSING', unknown: 'unknown' } as const satisfies Record<
  ReadPass['link'],
  string
>;

function passLine({ at, pass, because }: ReadPass): string {
  return `${place(at)}  ${pass}  ${because}`;
}

function place({ source, start }: ReadPass['at']): string {
  const { line, column } = positionAt(source, start);
  return `${source.file}:${line}:${column}`;
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
