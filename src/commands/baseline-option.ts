import { applyBaseline, type Baseline, type BaselineScope } from '../baseline/baseline.ts';
import { baselineText } from '../baseline/baseline-text.ts';
import { readBaseline } from '../baseline/read-baseline.ts';
import type { Report } from '../engine/summary.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../load/usage-error.ts';
import type { Call } from './call.ts';
import { writeOutput } from './write-output.ts';

/** The baseline of a call. */
export interface BaselineOption {
  readonly baseline: Baseline;
  /** Whether it is to be written with what the run finds. */
  readonly isUpdate: boolean;
  /** As the user gave it. */
  readonly root?: string;
}

/**
 * Reads the baseline that a call names, where it names one.
 *
 * @throws UsageError where it is missing or broken, or where only its update was asked for.
 */
export async function baselineOf(call: Call, { fs, cwd }: Io): Promise<BaselineOption | undefined> {
  const file = call.value('baseline');
  const isUpdate = call.has('update-baseline');
  if (file === undefined) {
    if (isUpdate) throw new UsageError('--update-baseline needs --baseline FILE');
    return undefined;
  }
  const root = call.value('root');
  const place = { fs, cwd, file, mayBeMissing: isUpdate, ...(root !== undefined && { root }) };
  return { baseline: await readBaseline(place), isUpdate, ...(root !== undefined && { root }) };
}

/**
 * Takes the findings of the baseline out of a report and, where that was asked for, writes the baseline anew, which
 * then holds all of them. A run that could not read what it was asked to read writes nothing.
 *
 * @throws UsageError where it cannot be written.
 */
export function useBaseline(
  report: Report,
  { baseline, isUpdate, root }: BaselineOption,
  scope: Omit<BaselineScope, 'cwd' | 'exists'>,
  io: Io,
): Report {
  const fullScope = { ...scope, cwd: io.cwd, exists: (path: string) => exists(path, io) };
  const { report: reduced, updated } = applyBaseline(report, baseline, fullScope);
  if (!isUpdate || report.reading.unread.some(({ named }) => named)) return reduced;
  writeOutput(io, baseline.file, baselineText(updated), root);
  const after = applyBaseline(report, { ...baseline, entries: updated }, fullScope);
  const gone = reduced.baseline?.gone ?? [];
  return { ...after.report, baseline: { file: baseline.file, gone, written: updated.length } };
}

function exists(path: string, { fs }: Io): boolean {
  try {
    fs.status(path);
    return true;
  } catch {
    // No such file, or a directory above it that may not be entered: the daemons of this user cannot read it either.
    return false;
  }
}
