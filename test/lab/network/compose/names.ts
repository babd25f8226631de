import type { Addresses } from './addresses.ts';
import type { Service } from './service.ts';

/** What `host-gateway` stands for. */
const HOST_GATEWAY = '172.17.0.1';

/** Names and the addresses that a service finds under them, in the networks that it shares with who has them. */
export function namesSeenBy(
  service: Service,
  services: readonly Service[],
  addresses: Addresses,
): readonly (readonly [name: string, addresses: readonly string[]])[] {
  const found = new Map<string, string[]>();
  const add = (name: string, address: string): void => {
    const known = found.get(name) ?? [];
    found.set(name, known.includes(address) ? known : [...known, address]);
  };
  for (const [name, address] of service.extraHosts)
    add(name, address === 'host-gateway' ? HOST_GATEWAY : address);
  for (const { network } of service.networks) {
    for (const other of services) {
      const address = addresses.of.get(other.name)?.get(network);
      if (address === undefined) continue;
      const aliases = other.networks.find((own) => own.network === network)?.aliases ?? [];
      const links = service.links.flatMap(([target, alias]) => (target === other.name ? [alias] : []));
      for (const name of [...other.names, ...aliases, ...links]) add(name, address);
    }
  }
  return [...found];
}

/** The file /etc/hosts of a container, which tells all names: the lab's programs look nowhere else, but for nginx's `resolver`. */
export function hostsFile(names: readonly (readonly [string, readonly string[]])[]): string {
  const lines = names.flatMap(([name, addresses]) => addresses.map((address) => `${address} ${name}`));
  return ['127.0.0.1 localhost', '::1 localhost ip6-localhost ip6-loopback', ...lines, ''].join('\n');
}
