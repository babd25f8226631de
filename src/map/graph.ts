import type { Severity } from '../engine/finding.ts';
import type { Span } from '../syntax/source.ts';

/**
 * How something on the map fares, from good to bad. `unknown` is what could not be judged; `at-risk` fails under a
 * condition that a warning names; `broken` fails.
 */
export type State = 'fine' | 'unknown' | 'at-risk' | 'broken';

/** A finding where it lies on the map. Those that are worth knowing only are left out. */
export interface Fault {
  readonly rule: string;
  readonly severity: Exclude<Severity, 'info'>;
  readonly message: string;
  readonly at: Span;
  /** Who does not start because of it: `nginx`, `PHP 8.2`; absent where they do. */
  readonly down?: string;
}

/** Who talks to whom: the deployment as plain nodes, each thing once. Printers draw it and decide nothing. */
export interface Graph {
  readonly hosts: readonly HostNode[];
  /** How many passes there are of each state, those that no request comes to apart. */
  readonly passes: Readonly<Record<State | 'unused', number>>;
  /** Findings that lie on nothing that is drawn. */
  readonly elsewhere: { readonly errors: number; readonly warnings: number };
}

export interface HostNode {
  readonly id: string;
  /** As a person would name it: `the host web1`, or its directory where it is alone. */
  readonly title: string;
  /** The directory that plays its `/`, or `this host`. */
  readonly root: string;
  /** What is known of it as a container; absent for any other host. */
  readonly container?: ContainerNode;
  /** What keeps its daemons from starting. */
  readonly faults: readonly Fault[];
  readonly servers: readonly ServerNode[];
  readonly destinations: readonly Destination[];
  readonly listeners: readonly ListenerNode[];
}

/** What makes a host a container. */
export interface ContainerNode {
  /** What it is made from: `nginx:1.27`. */
  readonly image?: string;
  /** Where its service is declared. */
  readonly place?: Span;
  /** Its networks, where others of the project are in other ones. */
  readonly networks: readonly string[];
  /** True where somebody may listen in it who is not known. */
  readonly isOpen: boolean;
}

/** A `server` block of nginx. */
export interface ServerNode {
  readonly id: string;
  readonly names: readonly string[];
  /** The addresses it listens on. */
  readonly listens: readonly string[];
  readonly place?: Span;
  readonly faults: readonly Fault[];
  /** Those that pass requests on, or have such locations inside. */
  readonly locations: readonly LocationNode[];
}

export interface LocationNode {
  /** As it is written, without `location`: `~ \.php$`. */
  readonly pattern: string;
  readonly place?: Span;
  readonly faults: readonly Fault[];
  readonly passes: readonly PassNode[];
  readonly locations: readonly LocationNode[];
}

/** One place where nginx hands a request on. */
export interface PassNode {
  /** `fastcgi_pass` */
  readonly directive: string;
  /** As it is written: `unix:/run/php/php8.2-fpm.sock`, `$backend`. */
  readonly target: string;
  readonly protocol: string;
  /** The block inside the location that it stands in: `if ($request_method = POST)`. */
  readonly within?: string;
  readonly place: Span;
  readonly state: State;
  /** Why it is unknown where its destination has no address that could tell. */
  readonly why?: string;
  /** Why no request comes to it; absent where one may. */
  readonly unused?: string;
  readonly faults: readonly Fault[];
  readonly to: Destination;
}

/** Where passes send their requests. Passes that send them to the same place share it. */
export interface Destination {
  readonly id: string;
  readonly kind: 'address' | 'upstream' | 'choices' | 'unknown';
  /** The name of an upstream, else the target as it is written. */
  readonly name: string;
  /** Where an upstream begins. */
  readonly place?: Span;
  /** On lines of an upstream that name no server. */
  readonly faults: readonly Fault[];
  readonly addresses: readonly AddressNode[];
}

/** One address that requests may be sent to. */
export interface AddressNode {
  /** In normal form: `unix:/run/app.sock`, `127.0.0.1:3000`; as it is written where nginx does not take it. */
  readonly text: string;
  readonly place: Span;
  /** What stands behind it in an upstream: `weight=2`, `backup`, `down`. */
  readonly parameters: readonly string[];
  /** False for servers of an upstream that are marked `down`. */
  readonly isUsed: boolean;
  readonly isBackup: boolean;
  /** The value of a map's variable that chooses it. */
  readonly when?: string;
  readonly state: State;
  /** Why nobody answers, or why nobody knows. */
  readonly why?: string;
  readonly faults: readonly Fault[];
  readonly listeners: readonly ListenerNode[];
}

/** Who answers at an address. The servers of nginx that share one socket are one of these. */
export interface ListenerNode {
  readonly id: string;
  readonly kind: 'pool' | 'app' | 'nginx';
  /** As a person would name it: `pool www of PHP 8.2`. */
  readonly title: string;
  readonly address: string;
  readonly protocol: string;
  /** The host it is on. */
  readonly host: { readonly id: string; readonly title: string };
  readonly place?: Span;
  readonly state: State;
  readonly faults: readonly Fault[];
  /** The master that does not start, so that it does not listen. */
  readonly down?: string;
  /** The ids of the hosts that send requests to it. */
  readonly dialedBy: ReadonlySet<string>;
}
