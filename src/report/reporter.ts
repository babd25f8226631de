import type { Rule } from '../engine/rule.ts';
import type { FailOn } from '../engine/severity.ts';
import type { Report } from '../engine/summary.ts';

/** How much a report says: errors alone, the findings and a summary, or all that was read as well. */
export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** How a report is to look. */
export interface ReportStyle {
  readonly colors: boolean;
  /** The width of the terminal, in cells. */
  readonly columns: number;
  readonly verbosity: Verbosity;
  /** Whether `--fix` could change what was linted; false where left out. */
  readonly canFix?: boolean;
}

/** How the run was set up, for formats that tell it to other programs. */
export interface RunSettings {
  /** The rules that were run. */
  readonly rules: readonly Rule[];
  readonly failOn: FailOn;
}

/** Turns a report into text, with a line ending at its end. Pure: it prints nothing and decides nothing. */
export type Reporter = (report: Report, style: ReportStyle, run: RunSettings) => string;
