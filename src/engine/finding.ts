import type { Span } from '../syntax/source.ts';

/** How bad it is: see the severity contract in ARCHITECTURE.md. */
export type Severity = 'error' | 'warning' | 'info';

/** What the servers will do: the part of a finding that the lab proves. */
export interface Prediction {
  /** The HTTP status a visitor gets; `null` where a daemon would not start and no request is answered. */
  readonly status: number | null;
  /** The line in the daemon's log to the letter, without time, level, process id and client part; empty where none is written. */
  readonly log: string;
  /** Who writes it, or who would not start: `nginx`, `php-fpm 8.2`. */
  readonly writer?: string;
  /** True where the writer refuses to start, so that all of this comes with its next start. */
  readonly refusesToStart?: true;
  /**
   * Under which condition, as it reads before "visitors get 504": `under load`, `when a script takes longer than
   * 60 seconds`, `unless DNS knows the name`. Absent: every request that nginx can route there.
   */
  readonly when?: string;
}

/** Names of what goes down, such as a list of texts: where they are many, they are made when asked for. */
export interface Affected extends Iterable<string> {
  readonly length: number;
  slice(start: number, end: number): readonly string[];
  /** What all of them begin with, where that is known beforehand: `visitors of `. */
  readonly beginning?: string;
}

/** A second place that takes part in the story. */
export interface Related {
  readonly span: Span;
  /** What stands there: `PHP 8.2 listens here`. */
  readonly message: string;
}

/** One replacement in one file. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A set of edits that belong together: all are made or none. */
export interface Fix {
  /** True where the edit cannot change what works today. */
  readonly safe: boolean;
  /** What the edit does, for a person: `fastcgi_pass unix:/run/php/php8.2-fpm.sock;` */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** One thing wrong, with its place, what it predicts and what to do. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence without a period, the offending value quoted. */
  readonly message: string;
  /** The place of the cause. */
  readonly at: Span;
  /** A few words under the carets of the cause, where the message alone does not say why. */
  readonly label?: string;
  readonly related: readonly Related[];
  readonly predicts?: Prediction;
  /** What goes down with it, as a person would name it: `visitors of shop.example.com`. */
  readonly affects?: Affected;
  /** What to do. */
  readonly help?: string;
  readonly fix?: Fix;
}
