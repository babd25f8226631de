import type { App } from '../apps/app.ts';

/** What the user told about the host beyond its files. Absent means: find it in what was read, else it is unknown. */
export interface HostFacts {
  /** The memory of the host, in bytes. */
  readonly memoryBytes?: number;
  /** What one php-fpm worker takes, in bytes. */
  readonly workerMemoryBytes?: number;
  /** The user that nginx's workers run as. */
  readonly nginxUser?: string;
  readonly apps?: readonly App[];
  /** The PHP version that pools of unknown version run on: `8.3`. */
  readonly php?: string;
  /** The nginx version that reads the files: `1.26.2`. */
  readonly nginxVersion?: string;
}
