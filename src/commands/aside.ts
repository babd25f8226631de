import type { Report } from '../engine/summary.ts';
import type { Io } from '../io.ts';
import { baselineLines } from '../report/baseline-lines.ts';
import { visible } from '../report/visible.ts';

/** Says on standard error what was not read and what became of the baseline, where what is printed does not say it. */
export function reportAside({ reading, baseline }: Report, { stderr }: Io): void {
  for (const { file, reason } of reading.unread) stderr.write(`no502: ${visible(`${file}: ${reason}`)}\n`);
  for (const line of baseline ? baselineLines(baseline, false) : [])
    stderr.write(`no502: ${visible(line)}\n`);
}
