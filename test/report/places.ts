import type { Finding } from '../../src/engine/finding.ts';
import type { Report } from '../../src/engine/summary.ts';
import { summarize } from '../../src/engine/summary.ts';
import type { Source, Span } from '../../src/syntax/source.ts';

/** A file as a loader would have read it. */
export function sourceOf(file: string, text: string): Source {
  return { path: `/${file}`, file, text, encoding: 'utf8' };
}

/** The first place in a source where `text` stands. */
export function placeOf(source: Source, text: string): Span {
  const start = source.text.indexOf(text);
  if (start === -1) throw new Error(`${source.file} does not hold ${text}`);
  return { source, start, end: start + text.length };
}

/** A finding of a rule that does not matter, with what the test is about. */
export function findingAt(at: Span, said: Partial<Finding> = {}): Finding {
  return { rule: 'some-rule', severity: 'error', message: 'something is wrong', related: [], at, ...said };
}

/** A report of these findings over a small host, all of it linked. */
export function reportOf(findings: readonly Finding[], said: Partial<Report> = {}): Report {
  const coverage = { hosts: 1, servers: 1, passes: 1, linked: 1, unknown: 0, masters: 1, pools: 1 };
  return {
    findings,
    summary: summarize(coverage, findings, [], 0),
    reading: {
      files: [],
      unread: [],
      masters: [{ name: 'PHP 8.2', file: 'etc/php/8.2/fpm/php-fpm.conf', pools: ['www'] }],
      passes: [],
    },
    ...said,
  };
}
