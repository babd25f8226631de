import type { Address } from '../model/links/address.ts';
import type { Span } from '../syntax/source.ts';
import type { Finding, Severity } from './finding.ts';

/** A rule that could not judge, or not everything, and why. */
export interface Skipped {
  readonly rule: string;
  readonly reason: string;
}

/** How much of the deployment was read and linked. */
export interface Coverage {
  readonly hosts: number;
  /** nginx `server` blocks. */
  readonly servers: number;
  /** Places where nginx hands a request on. */
  readonly passes: number;
  /** Passes whose every address has a listener. */
  readonly linked: number;
  /** Passes that could not be judged. The rest of the passes reach nobody. */
  readonly unknown: number;
  /** php-fpm masters. */
  readonly masters: number;
  readonly pools: number;
  /** Files given that are templates and were not judged; absent where there is none. */
  readonly templates?: number;
}

/** The figures of a run, as the JSON report prints them. */
export interface Summary extends Coverage {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings left out by a comment or a baseline. */
  readonly suppressed: number;
  /** Findings left out because the change given does not cause them; absent where none was given. */
  readonly elsewhere?: number;
  readonly skipped: readonly Skipped[];
}

/** Adds up the findings of a run beside its coverage. */
export function summarize(
  coverage: Coverage,
  findings: readonly Finding[],
  skipped: readonly Skipped[],
  suppressed: number,
): Summary {
  const count = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) count[severity]++;
  const { hosts, servers, passes, linked, unknown, masters, pools, templates } = coverage;
  return {
    hosts,
    servers,
    passes,
    linked,
    unknown,
    masters,
    pools,
    ...(templates !== undefined && { templates }),
    errors: count.error,
    warnings: count.warning,
    infos: count.info,
    suppressed,
    skipped,
  };
}

/** A file that was read, and what it was taken for. */
export interface ReadFile {
  /** As a user at the current directory would open it. */
  readonly file: string;
  /** `nginx`, `php-fpm`, `php.ini`, `users`, ... */
  readonly as: string;
  /** The compose project to whose services it belongs, by its compose file; absent for any other. */
  readonly project?: string;
}

/** A file that was looked at and not judged: a template, which no daemon reads before it is filled in. */
export interface TemplateFile {
  /** As a user at the current directory would open it. */
  readonly file: string;
  /** The first of its placeholders: `{{ php_socket }}`. */
  readonly placeholder: string;
  /** True where it was read all the same, with values that are not known where its placeholders stand. */
  readonly isRead: boolean;
}

/** A file that was there and not read: no permission, too large, not text. */
export interface UnreadFile {
  readonly file: string;
  /** Why, without the file's name: `Permission denied`. */
  readonly reason: string;
  /** True where the call named this very file, or a host that starts from it, so that the run has not done what it was asked. */
  readonly named: boolean;
}

/** A master, as a person would name it. */
export interface ReadMaster {
  /** `PHP 8.2`. */
  readonly name: string;
  /** Its main configuration file. */
  readonly file: string;
  /** The names of its pools. */
  readonly pools: readonly string[];
}

/** What became of one pass. */
export interface ReadPass {
  readonly at: Span;
  /** As it is written: `fastcgi_pass unix:/run/php/php8.2-fpm.sock`. */
  readonly pass: string;
  readonly link: 'found' | 'missing' | 'unknown';
  /** Who answers, or why it is missing or unknown: `pool www of PHP 8.2`, `the address comes from a request variable`. */
  readonly because: string;
  /** The addresses it may dial at which nobody is known to listen. */
  readonly unanswered: readonly Address[];
}

/** What was read, by name, for those who want to see it. */
export interface Reading {
  readonly files: readonly ReadFile[];
  /** Absent where there is none. */
  readonly templates?: readonly TemplateFile[];
  readonly unread: readonly UnreadFile[];
  readonly masters: readonly ReadMaster[];
  readonly passes: readonly ReadPass[];
}

/** A finding that was there when the baseline was written, and is accepted since. */
export interface BaselineEntry {
  readonly rule: string;
  /** How bad it was: the same finding is reported again once it is worse. */
  readonly severity: Severity;
  /** Relative to the directory of the baseline, or absolute where it lies elsewhere. */
  readonly file: string;
  /** For people who read the baseline; it is not compared. */
  readonly message: string;
  /** See `fingerprintsOf`. */
  readonly fingerprint: string;
}

/** What became of the baseline in a run. */
export interface BaselineUse {
  /** As the user gave it. */
  readonly file: string;
  /** Entries that nothing in what was read gives rise to any more. */
  readonly gone: readonly BaselineEntry[];
  /** How many findings the baseline holds now; absent where it was not written. */
  readonly written?: number;
}

/** All that a run has to say. Reporters print it and decide nothing. */
export interface Report {
  /** Sorted by file, offset and rule. */
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  readonly reading: Reading;
  /** Absent where none was given. */
  readonly baseline?: BaselineUse;
}
