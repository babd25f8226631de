import { dirname, relative, resolve } from 'node:path';
import type { Finding } from '../engine/finding.ts';
import { fingerprintsOf } from '../engine/fingerprint.ts';
import { reaches } from '../engine/severity.ts';
import { type BaselineEntry, type Report, summarize } from '../engine/summary.ts';

/** A baseline: the findings that a project has accepted, so that only new ones count. */
export interface Baseline {
  /** As the user gave it. */
  readonly file: string;
  /** The absolute path. */
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

/** What a run looked at: only there can an entry be gone. */
export interface BaselineScope {
  /** The current directory, to which the files of a report are relative. */
  readonly cwd: string;
  /** True where whole hosts were read, so that a file that was not read is none of theirs. */
  readonly isWhole: boolean;
  /** The ids of the rules that were run. */
  readonly rules: ReadonlySet<string>;
  /** Whether there is a file at an absolute path. */
  readonly exists: (path: string) => boolean;
}

/** A report without the findings of a baseline, and the baseline as it would be written now. */
export interface Baselined {
  readonly report: Report;
  readonly updated: readonly BaselineEntry[];
}

/**
 * Leaves out the findings that are in the baseline and counts them as suppressed. Those that have become worse since
 * are left in. Entries that no finding matches are gone where the run looked at their file with their rule; others are
 * kept, as a run of a few files or of a few rules tells nothing about them.
 */
export function applyBaseline(report: Report, baseline: Baseline, scope: BaselineScope): Baselined {
  const current = entriesOf(report.findings, dirname(baseline.path), scope.cwd);
  const accepted = new Map(baseline.entries.map((entry) => [entry.fingerprint, entry]));
  const present = new Set(current.map(({ fingerprint }) => fingerprint));
  const findings = report.findings.filter((_, index) => {
    const now = current[index];
    const then = now && accepted.get(now.fingerprint);
    return !(now && then && reaches(then.severity, now.severity));
  });
  const absent = baseline.entries.filter(({ fingerprint }) => !present.has(fingerprint));
  const wasJudged = judge(report, baseline, scope);
  const { summary } = report;
  const suppressed = summary.suppressed + report.findings.length - findings.length;
  return {
    report: {
      ...report,
      findings,
      summary: summarize(summary, findings, summary.skipped, suppressed),
      baseline: { file: baseline.file, gone: absent.filter(wasJudged) },
    },
    updated: [...current, ...absent.filter((entry) => !wasJudged(entry))],
  };
}

/** The entries for findings, in their order. */
function entriesOf(findings: readonly Finding[], directory: string, cwd: string): readonly BaselineEntry[] {
  const names = new Map<string, string>();
  const fileOf = ({ at }: Finding): string => {
    const { file } = at.source;
    const known = names.get(file);
    if (known !== undefined) return known;
    const name = nameFrom(directory, resolve(cwd, file));
    names.set(file, name);
    return name;
  };
  const fingerprints = fingerprintsOf(findings, fileOf);
  return findings.map((finding, index) => ({
    rule: finding.rule,
    severity: finding.severity,
    file: fileOf(finding),
    message: finding.message,
    fingerprint: fingerprints[index] ?? '',
  }));
}

// A checkout may lie anywhere, /etc may not.
function nameFrom(directory: string, path: string): string {
  const name = relative(directory, path);
  return name === '..' || name.startsWith('../') ? path : name;
}

function judge(
  { summary, reading }: Report,
  { path }: Baseline,
  { cwd, isWhole, rules, exists }: BaselineScope,
): (entry: BaselineEntry) => boolean {
  const read = new Set(reading.files.map(({ file }) => resolve(cwd, file)));
  const skipped = new Set(summary.skipped.map(({ rule }) => rule));
  return ({ rule, file }) => {
    if (!rules.has(rule) || skipped.has(rule)) return false;
    const absolute = resolve(dirname(path), file);
    return isWhole || read.has(absolute) || !exists(absolute);
  };
}
