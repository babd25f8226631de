import type { App } from '../model/app.ts';
import type { RuleLevel } from './severity.ts';

/** What an app that the user declares may speak to those who connect to it. */
export const appProtocols = [
  'http',
  'https',
  'fastcgi',
  'uwsgi',
  'scgi',
  'grpc',
] as const satisfies readonly App['protocol'][];

/** What the user told about the host beyond its files. Absent means: find it in what was read, else it is unknown. */
export interface HostFacts {
  /** The memory of the host, in bytes. */
  readonly memoryBytes?: number;
  /** What one php-fpm worker takes, in bytes. */
  readonly workerMemoryBytes?: number;
  /** The user that nginx's workers run as. */
  readonly nginxUser?: string;
  /** Apps of `--app` and of no502.yaml. */
  readonly apps?: readonly App[];
  /** The PHP version that pools of unknown version run on: `8.3`. */
  readonly php?: string;
  /** The nginx version that reads the files: `1.26.2`. */
  readonly nginxVersion?: string;
}

/** All that a run can be told: the facts of the host, and how rules are judged. */
export interface LintOptions extends HostFacts {
  /** Rules whose severity is not their own; `off` leaves a rule out. */
  readonly ruleLevels?: ReadonlyMap<string, RuleLevel>;
}
