import type { Span } from '../syntax/source.ts';

/** Where one of several hosts stands among the others: whom it reaches, and what it shares with them. */
export interface NetworkPlace {
  /** Names the host among those of a run. */
  readonly id: string;
  /** As a person would name it in a sentence: `the service php`, `the host web1`. */
  readonly title: string;
  /** A `service` is a container, which is alone in it: its loopback is its own. A `machine` is a whole host. */
  readonly kind: 'service' | 'machine';
  /** Where it is declared. */
  readonly span?: Span;
  /** What a container is made from, as a person names it: `nginx:1.27`, `docker/php/Dockerfile`. Absent where that is not known. */
  readonly image?: string;
  /** The addresses and names that never change by which it is dialed. */
  readonly addresses: readonly string[];
  /** The names by which others may dial it, the usual one first. */
  readonly names: readonly string[];
  /** The networks it is in; empty where there are none to tell apart. */
  readonly networks: readonly NetworkName[];
  /** Who is reached where a program of this host dials a name or an address that is not its own. Names ignore case. */
  reach(name: string): Reach;
  /** The other hosts that have the same network namespace, so that its loopback is theirs too. */
  readonly sameNamespace: readonly string[];
  /** True where programs that nobody read may listen in its network namespace: it is that of the machine. */
  readonly isNamespaceOpen: boolean;
  /** Where others see what lies at a path of this host: both mount the same directory. */
  sharedAt(path: string): readonly SharedPath[];
  /** True where nobody can listen in it but what was read; a program of which nothing is known may listen anywhere. */
  readonly isClosed: boolean;
  /** What alone might make them listen elsewhere than was read, as it reads behind "unless"; absent where nothing does. */
  readonly closedUnless?: string;
  /** Its ports that are forwarded from the machine: they are no ports of its own. */
  readonly published: readonly PublishedPort[];
}

/** A network as a person would name it. */
export interface NetworkName {
  readonly name: string;
  /** True where it is made elsewhere, so that hosts of other projects are in it as well. */
  readonly isExternal: boolean;
}

/** Who is reached under a name. */
export type Reach =
  | {
      readonly kind: 'hosts';
      readonly ids: readonly string[];
      /** True where the address behind the name stays the same whatever is restarted. */
      readonly isStable: boolean;
    }
  /** Nobody: looking up the name fails. `elsewhere` has that name in a network that the host is not part of. */
  | {
      readonly kind: 'nobody';
      readonly elsewhere: readonly string[];
      /** What may bring the name all the same, as it reads behind "unless"; absent where nothing can. */
      readonly unless?: string;
    }
  | { readonly kind: 'unknown'; readonly why: string };

/** One file or directory as another host sees it. */
export interface SharedPath {
  readonly id: string;
  /** The path there. */
  readonly path: string;
}

/** A port of the machine that leads to one of a container. */
export interface PublishedPort {
  /** The port of the machine. */
  readonly outside: number;
  /** The port in the container. */
  readonly inside: number;
  /** Where it is written: `8081:80`. */
  readonly span: Span;
}
