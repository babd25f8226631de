import pc from 'picocolors';
import type { Severity } from '../engine/finding.ts';

/** The colours of a report, by what they mean. Without colours each gives its text back. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, (text: string) => string>>;
  /** The message of a finding. */
  readonly strong: (text: string) => string;
  /** Line numbers, arrows and bars. */
  readonly gutter: (text: string) => string;
  /** Marks and labels of the places that take part. */
  readonly related: (text: string) => string;
  /** What can be left unread. */
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
}

/** The colours of a report, or none. */
export function paintOf(colors: boolean): Paint {
  const { bold, red, yellow, cyan, blue, dim, green } = pc.createColors(colors);
  return {
    severity: {
      error: (text) => bold(red(text)),
      warning: (text) => bold(yellow(text)),
      info: (text) => bold(cyan(text)),
    },
    strong: bold,
    gutter: blue,
    related: blue,
    dim,
    good: (text) => bold(green(text)),
  };
}
