import type { Given } from '../../syntax/compose/given.ts';
import type { PortRange } from '../../syntax/compose/port.ts';
import type { Source, Span } from '../../syntax/source.ts';

/** One service of a compose project: what all its files say of it, merged. */
export interface ComposeService {
  readonly name: string;
  /** The key that declares it, in the first file that does. */
  readonly span: Span;
  /** Not empty: `docker compose up` starts it only where one of these is active. */
  readonly profiles: readonly Given<string>[];
  /** True where it is started by default: it has no profile, or `.env` activates one of its own. */
  readonly isStarted: boolean;
  readonly image?: Given<string>;
  readonly build?: Given<ComposeBuild>;
  readonly containerName?: Given<string>;
  readonly hostname?: Given<string>;
  readonly domainName?: Given<string>;
  /** `[]` where the file takes the image's own away. */
  readonly command?: Given<readonly Given<string>[]>;
  readonly entrypoint?: Given<readonly Given<string>[]>;
  readonly environment: ComposeEnvironment;
  readonly ports: readonly Given<PublishedPort>[];
  readonly expose: readonly Given<ExposedPort>[];
  readonly networkMode?: Given<NetworkMode>;
  /** The networks it is in, the implied `default` among them; none where there is a network mode. */
  readonly networks: readonly ServiceNetwork[];
  readonly links: readonly Given<ServiceLink>[];
  /** Containers of other projects: `redis_1:redis`. */
  readonly externalLinks: readonly Given<ServiceLink>[];
  readonly extraHosts: readonly Given<ExtraHost>[];
  readonly dns: readonly Given<string>[];
  /** Unique by target; mounts of `volumes` and `tmpfs`. */
  readonly volumes: readonly Given<ServiceMount>[];
  readonly configs: readonly Given<ServiceFile>[];
  readonly secrets: readonly Given<ServiceFile>[];
  readonly dependsOn: readonly Dependency[];
  readonly user?: Given<string>;
  readonly workingDirectory?: Given<string>;
  /** In bytes: `deploy.resources.limits.memory`, or `mem_limit`. */
  readonly memoryLimit?: Given<number>;
  /** How many containers run; 1 unless said. */
  readonly replicas: Given<number>;
  readonly restart?: Given<string>;
  readonly hasHealthcheck: boolean;
  /** Why parts of it are not understood; while this is not empty, nothing may be concluded from what the service does not have. */
  readonly doubts: readonly Doubt[];
}

/** Something that could not be read or understood, as a sentence without its full stop, and where it is asked for. */
export interface Doubt {
  readonly message: string;
  readonly span: Span;
}

/** How a service's image is made. Paths are absolute. */
export interface ComposeBuild {
  readonly context: Given<string>;
  /** Absent where `dockerfileInline` is there. */
  readonly dockerfile?: Given<string>;
  readonly dockerfileInline?: Given<string>;
  readonly target?: Given<string>;
  readonly args: ReadonlyMap<string, Given<string>>;
  /** Names that `COPY --from=` and `FROM` may use, with what is behind them as written: `docker-image://alpine`, `service:base`, a path. */
  readonly additionalContexts: ReadonlyMap<string, Given<string>>;
}

/** The environment of a container, as far as compose sets it. */
export interface ComposeEnvironment {
  readonly variables: ReadonlyMap<string, EnvironmentVariable>;
  /** The env files that were read. */
  readonly files: readonly Source[];
  /** Env files that were not read: while there are any, there may be more variables. */
  readonly unread: readonly Doubt[];
}

/** One variable of a container's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  /** Unknown where it is passed on from the shell. */
  readonly value: Given<string>;
  /** `X` alone in `environment` sets X only where the shell or `.env` has it. */
  readonly isCertain: boolean;
}

/** `ports`: ports of the container that are reachable on the machine. */
export interface PublishedPort {
  readonly target: Given<PortRange>;
  /** On the machine; absent where Docker picks one. A range as long as that of the target, or one port is picked. */
  readonly published?: Given<PortRange>;
  /** Absent: every address of the machine. */
  readonly hostIp?: Given<string>;
  /** `tcp` unless said. */
  readonly protocol: string;
}

/** `expose`: ports that the image's makers would have named in `EXPOSE`. It opens and closes nothing. */
export interface ExposedPort {
  readonly target: PortRange;
  readonly protocol: string;
}

/** `network_mode`. `service` and `container`: it shares the network of another, loopback and all. */
export type NetworkMode =
  | { readonly kind: 'none' | 'host' | 'bridge' }
  | { readonly kind: 'service' | 'container' | 'network'; readonly name: string };

/** A network that a service is in. */
export interface ServiceNetwork {
  /** The key in the project's `networks`. */
  readonly network: string;
  /** Other names it has there, beside its service's and its container's. */
  readonly aliases: readonly Given<string>[];
  readonly ipv4Address?: Given<string>;
  readonly ipv6Address?: Given<string>;
  /** Where the service names it; its own key where the network is implied. */
  readonly span: Span;
}

/** `links`: another name for a service, for this one only. */
export interface ServiceLink {
  readonly target: string;
  readonly alias: string;
}

/** One line of the container's `/etc/hosts`. */
export interface ExtraHost {
  readonly name: string;
  /** An IP address, or `host-gateway`: the machine that runs the containers. */
  readonly address: string;
}

/** Something mounted into a container. */
export interface ServiceMount {
  /** Absolute path in the container, as written. */
  readonly target: Given<string>;
  readonly isReadOnly: boolean;
  readonly from: MountSource;
}

/** What is mounted. */
export type MountSource =
  /** A file or directory of the machine, absolute. What is not there is made as an empty directory where `creates` is true. */
  | { readonly kind: 'bind'; readonly path: Given<string>; readonly creates: boolean }
  /** A volume of the project by its key; `undefined` for an anonymous one. It begins as a copy of what the image has there, unless `isBare`. */
  | {
      readonly kind: 'volume';
      readonly volume: string | undefined;
      readonly subpath?: Given<string>;
      readonly isBare: boolean;
    }
  | { readonly kind: 'tmpfs' }
  | { readonly kind: 'other'; readonly type: string };

/** A file that `configs` or `secrets` put into a container. */
export interface ServiceFile {
  /** The key in the project's `configs` or `secrets`. */
  readonly name: string;
  /** Absolute path in the container. */
  readonly target: Given<string>;
  readonly content: FileContent;
}

/** Where a config or a secret comes from. */
export type FileContent =
  /** A file of the project, absolute. */
  | { readonly kind: 'file'; readonly path: Given<string> }
  /** The text stands in the compose file itself. */
  | { readonly kind: 'inline'; readonly text: Given<string> }
  | { readonly kind: 'elsewhere'; readonly why: string };

/** `depends_on`. */
export interface Dependency {
  readonly service: string;
  /** `service_started` unless said. */
  readonly condition: Given<string>;
  readonly isRequired: boolean;
  readonly span: Span;
}
