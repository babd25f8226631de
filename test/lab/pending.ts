/** Scenarios that are played and recorded and not yet scored, by the beginning of their id, and why. */
const PENDING: Readonly<Record<string, string>> = {
  'compose/': 'the linter does not read compose files yet',
  'hosts/app-on-another-port':
    'a port of another machine that none of its declared apps has is not held against it',
  'hosts/allowed-clients-by-ipv4-alone': 'a list of IPv4 addresses is not held against who dials over IPv6',
  'hosts/pool-on-ipv4-dialed-over-ipv6': 'a pool on one address of its machine counts as on all of them',
  'hosts/unit-on-another-port':
    'a port of another machine that none of its declared apps has is not held against it',
  'hosts/pool-on-an-address-it-has-not': 'addresses that no given machine has are not held against a pool',
};

/** Why a scenario is not scored yet, or undefined where it is. */
export function reasonPending(id: string): string | undefined {
  return Object.entries(PENDING).find(([start]) => id.startsWith(start))?.[1];
}

/** The scenarios that are scored. */
export function withoutPending<Item extends { readonly id: string }>(
  items: readonly Item[],
): readonly Item[] {
  return items.filter(({ id }) => reasonPending(id) === undefined);
}
