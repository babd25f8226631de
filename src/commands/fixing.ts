import type { Report } from '../engine/summary.ts';
import { unifiedDiff } from '../fix/diff.ts';
import type { Fixable } from '../fix/edits.ts';
import { type FixResult, fixFindings } from '../fix/fix.ts';
import { writingGuard } from '../fix/guard.ts';
import { writeChanges } from '../fix/write.ts';
import type { Io } from '../io.ts';
import type { FileSystem } from '../load/file-system.ts';
import { UsageError } from '../load/usage-error.ts';
import { count } from '../report/count.ts';
import { type Paint, paintOf } from '../report/paint.ts';
import type { Verbosity } from '../report/reporter.ts';
import { visible } from '../report/visible.ts';
import { positionAt } from '../syntax/source.ts';
import type { Call } from './call.ts';

/** What `--fix`, `--fix-unsafe` and `--fix-dry-run` ask for together. */
export interface Fixing {
  /** True where the changes are only to be shown. */
  readonly isDry: boolean;
  readonly unsafe: boolean;
}

/**
 * What a call asks to be fixed; `undefined` where nothing.
 *
 * @throws UsageError for a format beside `--fix-dry-run`, whose output is a diff.
 */
export function fixingOf(call: Call): Fixing | undefined {
  const isDry = call.has('fix-dry-run');
  const unsafe = call.has('fix-unsafe');
  if (!isDry && !unsafe && !call.has('fix')) return undefined;
  if (isDry && call.value('format') !== undefined) {
    throw new UsageError('--fix-dry-run prints a diff and takes no --format');
  }
  if (isDry && call.has('update-baseline')) {
    throw new UsageError('--fix-dry-run changes nothing and takes no --update-baseline');
  }
  return { isDry, unsafe };
}

/** What is to be linted and fixed, and how it is shown. */
export interface FixTask {
  readonly fixing: Fixing;
  readonly root?: string;
  readonly verbosity: Verbosity;
  readonly colors: boolean;
  /** The file that the diff goes to; absent for standard output. */
  readonly output: string | undefined;
  lint(fs: FileSystem): Promise<Report>;
}

/** What fixing came to. */
export interface Fixed {
  /** What is found in the result. */
  readonly report: Report;
  /** What would be changed, where the run is dry. */
  readonly diff?: string;
}

/**
 * Fixes what can be fixed, writes it unless the run is dry, and says on standard error what was done and what was left.
 *
 * @throws UsageError where a file cannot be written; then none is changed.
 */
export async function makeFixes(task: FixTask, io: Io): Promise<Fixed> {
  const { fixing, root, lint } = task;
  const { fs, cwd } = io;
  const result = await fixFindings({
    fs,
    cwd,
    unsafe: fixing.unsafe,
    lint,
    refuse: writingGuard({ fs, cwd, ...(root !== undefined && { root }) }),
  });
  if (!fixing.isDry) writeChanges(result.changes, io.replaceFile);
  if (task.verbosity !== 'quiet') {
    for (const line of account(result, fixing)) io.stderr.write(`no502: ${visible(line)}\n`);
  }
  if (!fixing.isDry) return { report: result.report };
  const diff = await unifiedDiff(result.changes);
  const isRead = task.output === undefined && io.stdout.isTerminal;
  return { report: result.report, diff: isRead ? diffForTerminal(diff, paintOf(task.colors)) : diff };
}

/** To a program a diff goes as it is, so that it can be applied; on a terminal nothing in it may steer that. */
function diffForTerminal(diff: string, paint: Paint): string {
  const paints: Readonly<Record<string, (text: string) => string>> = {
    '+': paint.good,
    '-': paint.severity.error,
    '@': paint.severity.info,
  };
  const lines = diff.split('\n').map((line) => {
    const shown = visible((line.endsWith('\r') ? line.slice(0, -1) : line).replaceAll('\t', '    '));
    const isHeader = line.startsWith('+++ ') || line.startsWith('--- ');
    return isHeader ? paint.strong(shown) : (paints[line.charAt(0)]?.(shown) ?? shown);
  });
  return lines.join('\n');
}

function account({ fixed, left, changes }: FixResult, { isDry }: Fixing): readonly string[] {
  const lines = fixed.map((finding) => `${isDry ? 'would fix' : 'fixed'} ${nameOf(finding)}`);
  let unsafe = 0;
  for (const { finding, why } of left) {
    if (why === 'unsafe') unsafe++;
    else lines.push(`not fixed ${nameOf(finding)}: ${why.text}`);
  }
  const made = `${count(fixed.length, 'fix', 'fixes')} in ${count(changes.length, 'file')}`;
  if (fixed.length > 0) lines.push(isDry ? `${made}; nothing was written` : made);
  else lines.push('nothing was fixed');
  if (unsafe > 0) {
    const more = fixed.length > 0 ? 'more ' : '';
    lines.push(
      `${unsafe} ${more}${unsafe === 1 ? 'fix' : 'fixes'} could change what works today: --fix-unsafe makes ${unsafe === 1 ? 'it' : 'them'}`,
    );
  }
  return lines;
}

/** `sites-available/shop:16: fastcgi_pass unix:/run/php/php8.2-fpm.sock; [stale-php-version-socket]` */
function nameOf({ at, rule, fix }: Fixable): string {
  const { line } = positionAt(at.source, at.start);
  return `${at.source.file}:${line}: ${fix.title} [${rule}]`;
}
