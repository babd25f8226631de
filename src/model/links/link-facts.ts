import type { Address } from './address.ts';
import type { MeantListener } from './link.ts';
import type { ListenerIndex } from './listener.ts';

/** What the linker must know about a host beyond its passes. */
export interface LinkFacts {
  readonly listeners: ListenerIndex;
  /** True where every php-fpm master of the host was read, and there is at least one. */
  readonly mastersComplete: boolean;
  /** The pools that were meant to listen at an address and do not. */
  meantAt(dialed: Address): readonly MeantListener[];
  /** Where symlinks in the tree lead a socket's path; the path itself where there are none. */
  realSocketPath(path: string): string;
  /** True where the tree holds a socket file at the path: somebody listens whom no configuration names. */
  isLiveSocket(path: string): boolean;
  /** The addresses that the hosts file gives a name; empty where it does not know it. */
  hostAddresses(name: string): readonly string[];
  /** True where nobody can listen on the host but the listeners that are known. */
  readonly isClosed: boolean;
  /** What alone might listen beside the listeners that are known, as it reads behind "unless"; absent where that is nothing, or anything. */
  readonly closedUnless?: string;
}
