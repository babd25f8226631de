import type { HostInput } from '../../load/host-input.ts';
import type { FoundApps } from '../apps/app.ts';
import type { Deployment } from '../deployment.ts';
import type { HostFacts } from '../host/facts.ts';
import type { Host } from '../host.ts';
import { idlePeers, type Link, linkPass } from '../links/link.ts';
import type { Neighbour, Neighbourhood } from '../links/neighbour.ts';
import { type ReadHost, readHost } from './host.ts';

/** The hosts of a run, linked, and what was read of them. */
export interface AssembledDeployment {
  readonly deployment: Deployment;
  readonly files: ReadHost['files'];
  readonly unread: ReadHost['unread'];
}

/** Reads every host, then links each with the others. `factsOf` tells what the user said of one, `appsOf` what its files declare. */
export function assembleDeployment(
  inputs: readonly HostInput[],
  factsOf: (input: HostInput) => HostFacts,
  appsOf: (input: HostInput) => FoundApps | undefined = () => undefined,
): AssembledDeployment {
  const read = inputs.map((input) => readHost(input, factsOf(input), appsOf(input)));
  const neighbourhoods = neighbourhoodsOf(read);
  const links = read.map(({ host, linkFacts }, at) =>
    (host.nginx?.passes ?? []).map((pass) => linkPass(pass, linkFacts, neighbourhoods[at])),
  );
  const incoming = incomingLinks(links);
  const hosts = read.map(({ host, linkFacts }, at): Host => {
    const own = links[at] ?? [];
    const around = neighbourhoods[at];
    const upstreams = host.nginx?.upstreams.values() ?? [];
    return {
      ...host,
      links: own,
      idlePeers: around ? idlePeers(upstreams, own, linkFacts, around) : [],
      incoming: host.place ? (incoming.get(host.place.id) ?? []) : [],
    };
  });
  return {
    deployment: { hosts },
    files: () => read.flatMap(({ files }) => files()),
    unread: read.flatMap(({ unread }) => unread),
  };
}

/** Reads and links one host that has no neighbours. */
export function assembleHost(
  input: HostInput,
  facts: HostFacts,
): { readonly host: Host; readonly files: ReadHost['files'] } {
  const { deployment, files } = assembleDeployment([input], () => facts);
  const [host] = deployment.hosts;
  if (!host) throw new Error('one host in, one host out');
  return { host, files };
}

/** What each host has around it, in the order of the hosts; nothing for one that is alone. */
function neighbourhoodsOf(read: readonly ReadHost[]): readonly (Neighbourhood | undefined)[] {
  const all = read.flatMap(({ host: { place }, linkFacts: facts }): readonly Neighbour[] =>
    place ? [{ place, facts }] : [],
  );
  const byId = new Map(all.map((each) => [each.place.id, each]));
  return read.map(
    ({ host: { place } }) =>
      place && { place, others: all.filter((each) => each.place !== place), at: (id) => byId.get(id) },
  );
}

/** The links that lead to another host than their own, by the id of that. */
function incomingLinks(links: readonly (readonly Link[])[]): ReadonlyMap<string, readonly Link[]> {
  const byId = new Map<string, Link[]>();
  for (const link of links.flat()) {
    const ids = new Set(
      link.peers.flatMap(({ result }) =>
        result.kind === 'found' ? (result.on ?? []).map(({ place }) => place.id) : [],
      ),
    );
    for (const id of ids) {
      const known = byId.get(id);
      if (known) known.push(link);
      else byId.set(id, [link]);
    }
  }
  return byId;
}
