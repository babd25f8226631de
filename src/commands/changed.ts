import { isTouched, narrowTo, newSince } from '../engine/change.ts';
import type { Finding } from '../engine/finding.ts';
import type { Reading, Report } from '../engine/summary.ts';
import type { FileSystem } from '../load/file-system.ts';
import { realFiles } from '../load/real-file.ts';
import { UsageError } from '../load/usage-error.ts';
import type { ChangedInput } from './input.ts';

/** What was linted after a change. */
export interface ChangedTask {
  readonly change: ChangedInput;
  readonly fs: FileSystem;
  /** The current directory, absolute. */
  readonly cwd: string;
  readonly root?: string;
  /** The configuration file, absolute; absent where there is none. */
  readonly config: string | undefined;
  /** All that was found, a baseline not applied. */
  readonly found: readonly Finding[];
  /** Lints it as it was linted, or with no more than some of the rules. */
  lint(fs: FileSystem, ruleIds?: ReadonlySet<string>): Promise<Report>;
}

/**
 * Narrows a report to what a change causes: findings in its files, those elsewhere that have a related place in its
 * files, and errors and warnings that were not there before it, where that is known. Where it is not, a change of a compose file,
 * of an env file or of a Dockerfile causes all errors and warnings of its project. A change of the configuration file causes all findings.
 */
export async function causedBy(report: Report, task: ChangedTask): Promise<Report> {
  const { change, fs, cwd, root, config, found } = task;
  const realFile = realFiles({ fs, cwd, ...(root !== undefined && { root }) });
  const changed = new Set(change.files.map(realFile));
  if (config !== undefined && changed.has(realFile(config))) return report;
  const touches = (file: string): boolean => changed.has(realFile(file));
  // What was there before takes as long to lint as what is there now, and most changes leave nothing to ask about.
  const isOpen = (finding: Finding): boolean => finding.severity !== 'info' && !isTouched(finding, touches);
  const { before } = change;
  // Nor is there a need to ask about anything else than the rules that have left something open.
  const asked = new Set(report.findings.filter(isOpen).map(({ rule }) => rule));
  const isAsked = before && changed.size > 0 && asked.size > 0;
  const added = isAsked
    ? newSince(
        found.filter(({ rule }) => asked.has(rule)),
        await findingsIn(before, (fs) => task.lint(fs, asked)),
      )
    : new Set();
  const remade = before ? new Set() : remadeFiles(report.reading, touches);
  const isCaused = (finding: Finding): boolean => added.has(finding) || remade.has(finding.at.source.file);
  return narrowTo(report, (finding) => (isOpen(finding) ? isCaused(finding) : isTouched(finding, touches)));
}

const makersOfContainers: ReadonlySet<string> = new Set(['compose', 'image', 'env file']);

/** The files of projects of which a compose file, an env file or a Dockerfile was changed: what they are to a container may have changed with it. */
function remadeFiles({ files }: Reading, touches: (file: string) => boolean): ReadonlySet<string> {
  const makers = files.filter(({ file, as }) => makersOfContainers.has(as) && touches(file));
  const projects = new Set(makers.flatMap(({ project }) => project ?? []));
  const ofThem = files.filter(({ project }) => project !== undefined && projects.has(project));
  return new Set(ofThem.map(({ file }) => file));
}

async function findingsIn(
  fs: FileSystem,
  lint: (fs: FileSystem) => Promise<Report>,
): Promise<readonly Finding[]> {
  try {
    return (await lint(fs)).findings;
  } catch (error) {
    // Before the change there was nothing to lint: the first commit, or the one that brings the configuration.
    if (error instanceof UsageError) return [];
    throw error;
  }
}
