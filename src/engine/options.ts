import type { Span } from '../syntax/source.ts';
import type { RuleLevel } from './severity.ts';

/** What a declared app speaks to those who connect to it. */
export const appProtocols = ['http', 'https', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'grpcs'] as const;

/** The protocol of a declared app. */
export type AppProtocol = (typeof appProtocols)[number];

/** An app that the user declared: `--app api=3001`, or an entry of `apps:` in no502.yaml. */
export interface DeclaredApp {
  readonly name: string;
  readonly listen: DeclaredListen;
  readonly protocol: AppProtocol;
  /** Where it is declared in no502.yaml; absent for one of the command line. */
  readonly declared?: Span;
}

/** Where a declared app listens. */
export type DeclaredListen =
  | {
      readonly kind: 'tcp';
      /** The address it binds to; absent where it is every address of the host. */
      readonly host?: string;
      readonly port: number;
    }
  | { readonly kind: 'unix'; readonly path: string };

/** What the user told about the host beyond its files. Absent means: find it in what was read, else it is unknown. */
export interface HostFacts {
  /** The memory of the host, in bytes. */
  readonly memoryBytes?: number;
  /** What one php-fpm worker takes, in bytes. */
  readonly workerMemoryBytes?: number;
  /** The user that nginx's workers run as. */
  readonly nginxUser?: string;
  readonly apps?: readonly DeclaredApp[];
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
