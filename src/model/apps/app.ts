import type { Span } from '../../syntax/source.ts';
import type { Address } from '../links/address.ts';

/** What a program speaks to those who connect to it. */
export const appProtocols = ['http', 'https', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'grpcs'] as const;

/** The protocol of an app. */
export type AppProtocol = (typeof appProtocols)[number];

/** A program that declares where it listens: in no502.yaml, by `--app`, or where people start it from. */
export interface App {
  readonly name: string;
  readonly address: Address;
  readonly protocol: AppProtocol;
  /** True where nothing tells what it speaks: HTTP is what most programs speak, and nothing is judged by it. */
  readonly isProtocolGuessed?: true;
  /** The port or the socket where it is declared; absent for one of the command line. */
  readonly span?: Span;
  /** What declares it, as a person names it: `the unit api.service`. Absent for `apps:` and `--app`. */
  readonly declaredBy?: string;
  /** Why it may listen elsewhere, as it reads behind "unless": `server.js does not read PORT`. Absent: it listens there. */
  readonly doubt?: string;
  /** True where the host is the program's default, and no file says it. */
  readonly isHostDefault?: true;
  /** True for one of files that nothing joins, which may never run beside the others. */
  readonly isAlternative?: true;
  /** True for one that the distribution brought: that nothing dials it is nobody's mistake. */
  readonly isPackaged?: true;
  readonly process?: AppProcess;
  readonly socket?: SocketFacts;
  readonly limits?: AppLimits;
}

/** As what and where a program runs, as far as it is declared. */
export interface AppProcess {
  readonly user?: string;
  readonly group?: string;
  readonly directory?: string;
  /** True where systemd gives it a /tmp of its own. */
  readonly hasPrivateTmp?: boolean;
}

/** Who may connect to a program's unix socket, as far as it is declared. */
export interface SocketFacts {
  /** The permission bits of the socket. */
  readonly mode: number;
  /** Absent: whoever the program runs as. */
  readonly owner?: string;
  readonly group?: string;
  /** Where the mode is set; absent for a default. */
  readonly span?: Span;
}

/** A number of an app server, and where it is set; without a span it is the default. */
export interface AppLimit {
  readonly value: number;
  /** As it is written: `--timeout`. */
  readonly name: string;
  readonly span?: Span;
}

/** The limits of an app server that nginx's own must fit. */
export interface AppLimits {
  /** In seconds: who takes longer over a request is killed. */
  readonly requestSeconds?: AppLimit;
  /** In seconds: how long an idle connection is kept. */
  readonly keepAliveSeconds?: AppLimit;
  /** In bytes: the largest request head that uWSGI reads. */
  readonly uwsgiBufferBytes?: AppLimit;
}

/** A program that is started and may listen anywhere: what declares it does not tell where. */
export interface UnplacedApp {
  readonly name: string;
  readonly declaredBy: string;
  /** Where it is started; absent where only its name is known. */
  readonly span?: Span;
}

/** All that the files of a host tell of its apps. */
export interface FoundApps {
  readonly apps: readonly App[];
  readonly unplaced: readonly UnplacedApp[];
  /** True where whatever the host starts would have been found: nothing was given in part. */
  readonly complete: boolean;
  /** The files they were read from, as a user at the current directory would open them, and what each was taken for. */
  readonly files: readonly { readonly file: string; readonly as: string }[];
}

/** Of a host whose files declare no apps. */
export const noApps: FoundApps = { apps: [], unplaced: [], complete: false, files: [] };
