import type { Finding } from '../engine/finding.ts';
import type { NetworkPlace } from '../load/network-place.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Master } from '../model/fpm/master.ts';
import type { Host } from '../model/host.ts';
import type { Block } from '../model/nginx/block.ts';
import { destinationsOf } from './destinations.ts';
import { type FaultIndex, indexFaults } from './faults.ts';
import type { Fault, Graph, HostNode, LocationNode } from './graph.ts';
import { listenerNodes } from './listeners.ts';
import { serverNodes } from './servers.ts';

/** Who talks to whom in a deployment, and which findings lie on the way. They must be sorted, as those of a report are. */
export function graphOf({ hosts }: Deployment, findings: readonly Finding[]): Graph {
  const faults = indexFaults(findings);
  const down = new Set<Master>();
  const named = hosts.map((host, at) => ({
    host,
    id: `h${at + 1}`,
    title: host.place?.title ?? host.name,
    faults: startFaults(host, faults, hosts.length > 1, down),
  }));
  const listeners = listenerNodes(named, faults, down);
  const nextServer = counter('s');
  const nextDestination = counter('d');
  const nodes = named.map(({ host, id, title, faults: onStart }): HostNode => {
    const destinations = destinationsOf(id, faults, listeners, nextDestination);
    const servers = serverNodes(host, faults, destinations, nextServer);
    return {
      id,
      title,
      root: rootOf(host),
      ...containerOf(host, hosts),
      faults: onStart,
      servers,
      destinations: destinations.all(),
      listeners: listeners.of(host),
    };
  });
  const rest = faults.rest();
  const errors = rest.filter(({ severity }) => severity === 'error').length;
  return { hosts: nodes, passes: countPasses(nodes), elsewhere: { errors, warnings: rest.length - errors } };
}

function counter(letter: string): () => string {
  let count = 0;
  return () => `${letter}${++count}`;
}

/** What keeps the daemons of a host from starting; the masters that do not are added to `down`. */
function startFaults(
  host: Host,
  faults: FaultIndex,
  hasOthers: boolean,
  down: Set<Master>,
): readonly Fault[] {
  const found: Fault[] = [];
  for (const file of hasOthers ? nginxFiles(host) : faults.files()) {
    found.push(...faults.inFile(file, 'nginx', refusesNginx));
  }
  for (const master of host.masters) {
    for (const file of new Set(master.config.files.map(({ file }) => file))) {
      const refusals = faults.inFile(file, master.title, refusesFpm);
      if (refusals.some(({ severity }) => severity === 'error')) down.add(master);
      found.push(...refusals);
    }
  }
  return found;
}

function refusesNginx({ predicts }: Finding): boolean {
  return predicts?.status === null && predicts.writer === 'nginx';
}

function refusesFpm({ predicts }: Finding): boolean {
  return predicts?.refusesToStart === true && predicts.writer !== 'nginx';
}

/** What is said of a service. Networks tell nothing where all services are in the same. */
function containerOf({ place, unplacedApps }: Host, hosts: readonly Host[]): Pick<HostNode, 'container'> {
  if (place?.kind !== 'service') return {};
  const { image, span, isClosed } = place;
  const told = new Set(
    hosts.flatMap((each) => (each.place?.kind === 'service' ? [networksOf(each.place)] : [])),
  );
  return {
    container: {
      ...(image !== undefined && { image }),
      ...(span && { place: span }),
      networks: told.size > 1 ? place.networks.map(({ name }) => name) : [],
      isOpen: !isClosed || unplacedApps.length > 0,
    },
  };
}

function networksOf({ networks }: NetworkPlace): string {
  return networks
    .map(({ name }) => name)
    .toSorted()
    .join('\n');
}

/** The directory that plays `/`: what a user writes before the path that a daemon opens. */
function rootOf({ name, nginx, masters, place }: Host): string {
  // The files of a container stand in many directories of the machine.
  if (place?.kind === 'service') return name;
  const sources = [nginx?.mainFile, ...masters.map(({ config }) => config.main)];
  for (const source of sources) {
    if (source?.file.endsWith(source.path)) return source.file.slice(0, -source.path.length) || name;
  }
  return name;
}

/** The files that the nginx of a host reads, by what a user would open. */
function nginxFiles({ nginx }: Host): ReadonlySet<string> {
  const files = new Set<string>();
  const visit = ({ directives, blocks }: Block): void => {
    for (const { source } of directives) files.add(source.file);
    for (const inner of blocks) visit(inner);
  };
  if (nginx) visit(nginx.main);
  for (const { span } of nginx?.problems ?? []) files.add(span.source.file);
  return files;
}

function countPasses(hosts: readonly HostNode[]): Graph['passes'] {
  const counts = { fine: 0, unknown: 0, 'at-risk': 0, broken: 0, unused: 0 };
  const visit = ({ passes, locations }: LocationNode): void => {
    for (const { state, unused } of passes) counts[unused === undefined ? state : 'unused']++;
    for (const inner of locations) visit(inner);
  };
  for (const { servers } of hosts) {
    for (const { locations } of servers) for (const location of locations) visit(location);
  }
  return counts;
}
