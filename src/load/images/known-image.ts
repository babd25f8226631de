import type { MemoryEntry } from '../memory-file-system.ts';

/** What is known of a container image without looking at it. Everything of which it says nothing is unknown. */
export interface KnownImage {
  /** Its name without registry and tag, as in its makers' documentation: `nginx`, `bitnami/php-fpm`. */
  readonly name: string;
  /** As a person writes it: `nginx:1.25-alpine`. */
  readonly reference: string;
  /** Where the facts come from. */
  readonly source: string;
  /** Absent where the tag does not tell. */
  readonly system?: ImageSystem;
  readonly nginx?: ImageNginx;
  readonly fpm?: ImageFpm;
  /** Ports on which it answers unless it is told otherwise. They are usual, not certain, where `tree` does not hold the configuration. */
  readonly ports: readonly ImagePort[];
  /** Files and directories that are in it, by absolute path; in our words, but they do what the image's do. */
  readonly tree: Readonly<Record<string, MemoryEntry>>;
  /** Paths at and below which `tree` holds all there is: what is not there is proved to be missing. */
  readonly complete: readonly string[];
  /** Paths below these that some tags have and others do not, or that a start of the image writes. */
  readonly uncertain: readonly string[];
  /** The user that it runs as; root where absent. */
  readonly user?: string;
  readonly workingDirectory?: string;
  /** Variables that it sets to a value that is the same in all tags. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables that it sets to a value that is not known here. */
  readonly variables: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** What its entrypoint makes of templates; absent where it does nothing of the kind. */
  readonly templates?: ImageTemplates;
  /** Directories in which it declares anonymous volumes. */
  readonly volumes: readonly string[];
}

/** The distribution an image is made of: it decides the numbers of users. */
export type ImageSystem = 'debian' | 'alpine';

/** An image's nginx. */
export interface ImageNginx {
  readonly mainFile: string;
  /** `1.25.3`; absent where the tag tells less. */
  readonly version?: string;
}

/** An image's php-fpm. */
export interface ImageFpm {
  readonly mainFile: string;
  /** To which relative paths belong. */
  readonly prefix: string;
  /** `8.3`; absent where the tag does not tell. */
  readonly version?: string;
  readonly iniFile: string;
  readonly scanDirectory: string;
  /** Files that older builds hold otherwise, where the tag does not tell how old it is. */
  readonly before2026?: Readonly<Record<string, MemoryEntry>>;
}

/** Who answers at a port. */
export interface ImagePort {
  readonly port: number;
  readonly protocol: PortProtocol;
}

/** What is spoken there. */
export type PortProtocol =
  | 'http'
  | 'https'
  | 'fastcgi'
  | 'mysql'
  | 'postgres'
  | 'redis'
  | 'memcached'
  | 'smtp'
  | 'amqp'
  | 'mongodb'
  | 'other';

/** Templates that an entrypoint renders with the names of variables that are defined. */
export interface ImageTemplates {
  readonly directory: string;
  readonly suffix: string;
  readonly output: string;
  /** The first words of the command with which it does so. */
  readonly commands: readonly string[];
}

/** An image of which nothing is known but its name and its ports. */
export function plainImage(
  name: string,
  reference: string,
  source: string,
  ports: readonly ImagePort[],
): KnownImage {
  return {
    name,
    reference,
    source,
    ports,
    tree: {},
    complete: [],
    uncertain: [],
    environment: {},
    variables: [],
    entrypoint: [],
    command: [],
    volumes: [],
  };
}
