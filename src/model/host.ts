import type { NetworkPlace } from '../load/network-place.ts';
import type { Span } from '../syntax/source.ts';
import type { Suppression } from '../syntax/suppression.ts';
import type { App, UnplacedApp } from './apps/app.ts';
import type { Master } from './fpm/master.ts';
import type { HostPaths } from './host/host-paths.ts';
import type { HostsFile } from './host/hosts-file.ts';
import type { MemoryFact } from './host/memory.ts';
import type { UnitLimit } from './host/unit-limit.ts';
import type { Users } from './host/users.ts';
import type { Link, PeerLink } from './links/link.ts';
import type { ListenerIndex } from './links/listener.ts';
import type { Nginx } from './nginx/nginx.ts';

/** One file-system root with its nginx, its php-fpm masters, its users, memory and apps. */
export interface Host {
  /** As a person would name it: the directory given as root, or `this host`. */
  readonly name: string;
  /** Where it stands among the other hosts of the run; absent where it is alone. */
  readonly place?: NetworkPlace;
  readonly nginx?: Nginx;
  readonly masters: readonly Master[];
  /** True where every php-fpm master of the host was read, and there is at least one. */
  readonly mastersComplete: boolean;
  /** Absent where no passwd file was given. */
  readonly users?: Users;
  readonly hostsFile: HostsFile;
  /** Its directories and files. */
  readonly paths: HostPaths;
  /** Whether systemd gives nginx a /tmp of its own; absent where its unit was not read. */
  readonly nginxHasPrivateTmp?: boolean;
  /** How many files systemd lets nginx open; absent where its unit does not say, or was not read. */
  readonly nginxFileLimit?: UnitLimit;
  /** Where the host lets SELinux refuse what nginx connects to; absent where it does not, or where that is unknown. */
  readonly confinedNetwork?: Span;
  /** Absent where the memory is not known. */
  readonly memory?: MemoryFact;
  /** What one php-fpm worker takes, in bytes, where the user told it. */
  readonly workerMemoryBytes?: number;
  /** The user of nginx's workers, where the user told it. */
  readonly nginxUser?: string;
  readonly apps: readonly App[];
  /** Programs that are started and may listen anywhere. */
  readonly unplacedApps: readonly UnplacedApp[];
  /** True where whatever the host starts would have been found among the two. */
  readonly appsComplete: boolean;
  /** Ports that somebody listens on now, whoever that is; empty where the tree is not that of a running host. */
  readonly livePorts: ReadonlySet<number>;
  readonly listeners: ListenerIndex;
  readonly links: readonly Link[];
  /** Servers of upstreams that no pass dials; empty for a host that is alone. */
  readonly idlePeers: readonly PeerLink[];
  /** The links of other hosts that lead to a listener of this one. */
  readonly incoming: readonly Link[];
  /** Comments in its files that tell which findings to leave out. */
  readonly suppressions: readonly Suppression[];
}

/** A host before it is known who talks to whom. */
export type UnlinkedHost = Omit<Host, 'links' | 'idlePeers' | 'incoming'>;
