import type { Plan, RequestPlan, TreeEntry } from '../plan.ts';

/** Several hosts that reach each other, ready to be played: plain data, sent to the guest as JSON. */
export interface NetworkPlan {
  readonly networks: readonly NetworkSegment[];
  /** Directories that hosts mount: those of the repository, and named volumes. */
  readonly volumes: readonly Volume[];
  readonly hosts: readonly HostPlan[];
  /** Ports of the machine that lead to one of a container, as a published port does. */
  readonly published: readonly PublishedPort[];
  readonly requests: readonly VisitPlan[];
}

/** One bridge, to which the hosts that share it are connected. */
export interface NetworkSegment {
  readonly name: string;
  /** The machine's own address on it. */
  readonly gateway: string;
  /** How many bits of an address name the segment. 0: every address is looked for on it. */
  readonly prefix: number;
}

/** A directory that more than one host may see. */
export interface Volume {
  readonly name: string;
  readonly entries: readonly (readonly [path: string, entry: TreeEntry])[];
}

/** One host of several. */
export interface HostPlan {
  readonly name: string;
  readonly link: HostLink;
  readonly body: Container | Machine;
}

/**
 * How a host is connected: by addresses of its own, by those of another host, whose loopback it shares as well, or as the
 * machine itself, on which the ports are published.
 */
export type HostLink =
  | { readonly kind: 'own'; readonly interfaces: readonly Interface[] }
  | { readonly kind: 'of'; readonly host: string }
  | { readonly kind: 'machine' };

export interface Interface {
  readonly network: string;
  /** The first is the one that it dials from. */
  readonly addresses: readonly string[];
}

/** A container: the tree of its image, what is mounted over it, and one program. */
export interface Container {
  readonly kind: 'container';
  readonly entries: readonly (readonly [path: string, entry: TreeEntry])[];
  readonly mounts: readonly Mount[];
  /** Absent where the lab has no program for its image. */
  readonly program?: Program;
  /** What its name server, at 127.0.0.11, knows: name and addresses. */
  readonly names: readonly (readonly [name: string, addresses: readonly string[]])[];
}

export interface Mount {
  readonly volume: string;
  /** What of the volume is mounted; `/` is all of it. A directory is made where nothing is there. */
  readonly from: string;
  readonly to: string;
  readonly readOnly: boolean;
}

/** What a container runs. */
export interface Program {
  readonly kind: 'nginx' | 'fpm' | 'app';
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  /** Numbers, `uid:gid`. */
  readonly user: string;
}

/** A whole host as the lab plays it alone. */
export interface Machine {
  readonly kind: 'machine';
  readonly plan: Plan;
}

export interface PublishedPort {
  readonly address: string;
  readonly port: number;
  /** The address and the port in the container. */
  readonly to: readonly [address: string, port: number];
}

/** A request that is sent from the machine. */
export interface VisitPlan extends RequestPlan {
  /** The address that is dialed; its port is the one of the URL. */
  readonly address: string;
}
