import type { HostRecord } from '../../network/observation.ts';

/** A host whose programs were started. */
export interface StartedHost {
  readonly record: Omit<HostRecord, 'fpmRuntime'>;
  /** New lines of nginx since the last look. */
  nginxLines(): readonly string[];
  /** New lines of php-fpm since the last look. */
  fpmLines(): readonly string[];
}
