import type { Span } from '../syntax/source.ts';
import type { NetworkPlace, Reach } from './network-place.ts';

/** One of several machines that are linted together. */
export interface Machine {
  /** As its user calls it; unique among the machines. */
  readonly name: string;
  /** Where it is declared. */
  readonly span: Span;
  /** The directory that plays its `/`, as the user gave it. */
  readonly root: string;
  /** The addresses and names by which the others dial it. */
  readonly addresses: readonly string[];
}

/** Where machines stand among each other: they know one another by what was told, and of others nothing is known. */
export function machinePlaces(machines: readonly Machine[]): readonly NetworkPlace[] {
  const idsByAddress = new Map<string, string[]>();
  for (const { name, addresses } of machines) {
    for (const address of addresses.map(plain)) {
      const ids = idsByAddress.get(address);
      if (ids) ids.push(name);
      else idsByAddress.set(address, [name]);
    }
  }
  const reach = (name: string): Reach => {
    const ids = idsByAddress.get(plain(name));
    return ids
      ? { kind: 'hosts', ids, isStable: true }
      : { kind: 'unknown', why: `${name} is no address of a host that was given` };
  };
  return machines.map(({ name, span, addresses }) => ({
    id: name,
    title: `the host ${name}`,
    kind: 'machine',
    span,
    addresses: addresses.map(plain),
    names: addresses,
    networks: [],
    reach,
    sameNamespace: [],
    isNamespaceOpen: false,
    sharedAt: () => [],
    isClosed: false,
    published: [],
  }));
}

function plain(address: string): string {
  return address.toLowerCase().replace(/^\[|\]$/g, '');
}
