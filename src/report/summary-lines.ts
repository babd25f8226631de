import type { Reading, Report, Summary } from '../engine/summary.ts';
import { positionAt, type Span } from '../syntax/source.ts';
import { baselineLines } from './baseline-lines.ts';
import { count } from './count.ts';

const mostUnknown = 3;

/**
 * What was read and linked, and what could not be judged and why, in plain sentences. `isVerbose` names all of it.
 * What stands in them may come from the user's files: print them with `visible`.
 */
export function summaryLines({ summary, reading, baseline }: Report, isVerbose: boolean): readonly string[] {
  return [
    coverage(summary, reading),
    ...unknownPasses(reading, isVerbose ? Number.POSITIVE_INFINITY : mostUnknown),
    ...templateLines(reading, isVerbose),
    ...elsewhereLine(summary),
    ...(baseline ? baselineLines(baseline, isVerbose) : []),
    ...summary.skipped.map(({ rule, reason }) => `not checked: ${rule} (${reason})`),
    ...reading.unread.map(({ file, reason }) => `not read: ${file} (${reason})`),
  ];
}

/** `1 error, 0 warnings, 2 infos`. */
export function countsText({ errors, warnings, infos }: Summary): string {
  return [count(errors, 'error'), count(warnings, 'warning'), count(infos, 'info')].join(', ');
}

/** A place as compilers print it: `file:line:column`. A file that was not read has no lines. */
export function placeText({ source, start }: Span): string {
  if (source.text === '') return source.file;
  const { line, column } = positionAt(source, start);
  return `${source.file}:${line}:${column}`;
}

function coverage(summary: Summary, { masters }: Reading): string {
  const { hosts, servers, passes, linked, unknown, pools } = summary;
  const missing = passes - linked - unknown;
  const ends = [
    linked > 0 && `${linked} ${linked === 1 ? 'has' : 'have'} a listener`,
    missing > 0 && missing === passes && 'none has a listener',
    missing > 0 && missing < passes && `${missing} ${missing === 1 ? 'has' : 'have'} none`,
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
    .map(({ at, pass, because }) => `not judged: ${pass} at ${placeText(at)} (${because})`);
  const rest = unknown.length - lines.length;
  if (rest > 0) lines.push(`not judged: ${count(rest, 'more pass', 'more passes')} (--verbose names them)`);
  return lines;
}

function elsewhereLine({ elsewhere = 0 }: Summary): readonly string[] {
  return elsewhere === 0 ? [] : [`not shown: ${count(elsewhere, 'finding')} that the change does not cause`];
}

function templateLines({ templates = [] }: Reading, isVerbose: boolean): readonly string[] {
  const names = isVerbose ? '' : '; --verbose names them';
  const read = templates.filter(({ isRead }) => isRead).length;
  const left = templates.length - read;
  const unread = `not judged: ${count(left, 'template')} (to be filled in before nginx or php-fpm reads ${left === 1 ? 'it' : 'them'}${names})`;
  const half = `judged in part: ${count(read, 'template')} (placeholders are values not known yet${names})`;
  return [...(read > 0 ? [half] : []), ...(left > 0 ? [unread] : [])];
}
