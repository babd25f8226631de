import type { NetworkSegment } from '../plan.ts';
import type { ComposeFile } from './file.ts';
import type { Service } from './service.ts';
import { items, mapping, text } from './values.ts';

/** The networks of a project, and where each service is on them. */
export interface Addresses {
  readonly segments: readonly NetworkSegment[];
  /** By service, then by network. */
  readonly of: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The first network that Docker makes for projects; 172.17.0.0/16 is its own. */
const FIRST_NETWORK = 18;

/** Gives out networks and addresses as Docker does: one /16 after the other, and in it the next that is free from .2 on. */
export function giveAddresses(file: ComposeFile, services: readonly Service[]): Addresses {
  const names = [...new Set(services.flatMap(({ networks }) => networks.map(({ network }) => network)))];
  const of = new Map<string, Map<string, string>>(services.map(({ name }) => [name, new Map()]));
  const segments = names.map((name, at): NetworkSegment => {
    const subnet = subnetOf(file, name) ?? `172.${FIRST_NETWORK + at}.0.0/16`;
    const [start = '', bits = '16'] = subnet.split('/');
    const prefix = start.slice(0, start.lastIndexOf('.') + 1);
    const members = services.flatMap(({ name: service, networks }) =>
      networks.filter(({ network }) => network === name).map(({ address }) => ({ service, address })),
    );
    const taken = new Set(members.flatMap(({ address }) => address ?? []));
    let next = 2;
    for (const { service, address } of members) {
      while (address === undefined && taken.has(`${prefix}${next}`)) next++;
      const given = address ?? `${prefix}${next}`;
      taken.add(given);
      of.get(service)?.set(name, given);
    }
    return { name, gateway: `${prefix}1`, prefix: Number(bits) };
  });
  return { segments, of };
}

function subnetOf(file: ComposeFile, network: string): string | undefined {
  const { ipam } = mapping(file.networks[network]);
  const [first] = items(mapping(ipam)['config']);
  return text(mapping(first)['subnet']);
}
