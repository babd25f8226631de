import type { DaemonRecord, Observation, RequestRecord } from '../observation.ts';

/** What one host of several did. */
export interface HostRecord {
  readonly nginx?: DaemonRecord;
  /** By master name; a container has one, `fpm`. */
  readonly fpm: Readonly<Record<string, DaemonRecord>>;
  /** Whether the container's own program still ran when the visitors came; absent where it has none. */
  readonly ran?: boolean;
  /** What php-fpm wrote after it was ready. */
  readonly fpmRuntime: readonly string[];
}

/** The recorded truth of several hosts. */
export interface NetworkObservation {
  readonly hosts: Readonly<Record<string, HostRecord>>;
  /** With the lines of all nginx together, in the order of the hosts. */
  readonly requests: readonly RequestRecord[];
}

/** The same told as of one host, for all that asks whether something failed and which lines were written. */
export function asOne({ hosts, requests }: NetworkObservation): Observation {
  const records = Object.entries(hosts);
  return {
    nginx: together(records.flatMap(([, { nginx }]) => nginx ?? [])),
    fpm: Object.fromEntries(
      records.flatMap(([host, { fpm }]) =>
        Object.entries(fpm).map(([name, record]) => [`${host} ${name}`, record] as const),
      ),
    ),
    requests,
    fpmRuntime: records.flatMap(([, { fpmRuntime }]) => fpmRuntime),
  };
}

function together(records: readonly DaemonRecord[]): DaemonRecord {
  return {
    test: {
      ok: records.every(({ test }) => test.ok),
      output: records.flatMap(({ test }) => test.output),
    },
    started: records.every(({ started }) => started),
    log: records.flatMap(({ log }) => log),
  };
}
