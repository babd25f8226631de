import type { Given } from '../../syntax/compose/given.ts';
import type { Reach } from '../network-place.ts';
import { networkOwner } from './namespaces.ts';
import type { ComposeProject } from './project.ts';
import type { ComposeService, ServiceNetwork } from './service.ts';

/** A project as Docker's name server knows it. */
export interface NamedProject {
  readonly project: ComposeProject;
  /** The texts of other compose files, which somebody may lay over the project: they may bring the name. */
  readonly others: readonly string[];
  idOf(service: ComposeService): string;
}

/**
 * Whom a container reaches under a name: services, container names, aliases and links in its networks, and what
 * `extra_hosts` says. Where anything may bring the name that is not read, nothing is known of it.
 * https://docs.docker.com/compose/how-tos/networking/
 */
export function reachFrom(service: ComposeService, named: NamedProject, name: string): Reach {
  const { project, idOf } = named;
  const owner = networkOwner(service, project);
  if (!owner) return unknown(`it is not known whose network ${service.name} has`);
  if (isAddress(name)) return byAddress(owner, named, name);
  const host = extraHost(service, name);
  if (host === 'host-gateway') return unknown(`${name} is the machine`);
  if (host !== undefined) {
    return isAddress(host)
      ? byAddress(owner, named, host)
      : unknown(`"${host}" of extra_hosts is no address`);
  }
  if (name === machineName) return nobody([], 'Docker Desktop runs the container');
  if (owner.networkMode) return beyondNetworks(owner, named, name);
  const linked = linkedAs(owner, name);
  const sought = linked ?? name;
  const there = project.services.filter((each) => each.isStarted && isCalled(each, sought, owner, project));
  if (there.length > 0) {
    return { kind: 'hosts', ids: there.map(idOf), isStable: there.every((each) => isPinned(each, owner)) };
  }
  const doubt = doubtOf(name, owner, named);
  if (doubt !== undefined) return unknown(doubt);
  const asleep = project.services.find(
    (each) => !each.isStarted && [...namesOf(each), ...aliasesOf(each)].includes(name),
  );
  const elsewhere = project.services.filter((each) => each.isStarted && namesOf(each).includes(name));
  return nobody(elsewhere.map(idOf), asleep && `the profile of the service ${asleep.name} is active`);
}

/** The machine that runs the containers. Without a line of `extra_hosts`, only Docker Desktop knows the name. */
const machineName = 'host.docker.internal';

/** With the network of the machine a container asks whom the machine asks, and that does not know the services. */
function beyondNetworks(owner: ComposeService, { project }: NamedProject, name: string): Reach {
  const mode = owner.networkMode;
  const isOfMachine = mode?.kind === 'known' && mode.value.kind === 'host';
  const isService = project.services.some((each) => namesOf(each).includes(name));
  return isOfMachine && isService
    ? nobody([], `the machine knows a host "${name}"`)
    : unknown(`${owner.name} is in no network of the project`);
}

function nobody(elsewhere: readonly string[], unless?: string): Reach {
  return { kind: 'nobody', elsewhere, ...(unless !== undefined && { unless }) };
}

/** What a service is called in every network that it is in. */
export function namesOf({ name, containerName }: ComposeService): readonly string[] {
  return [name, ...valuesOf([containerName])].map((each) => each.toLowerCase());
}

function isCalled(
  service: ComposeService,
  name: string,
  from: ComposeService,
  project: ComposeProject,
): boolean {
  const shared = service === from ? service.networks : sharedNetworks(service, from, project);
  if (shared.length === 0) return false;
  return namesOf(service).includes(name) || shared.some(({ aliases }) => valuesOf(aliases).includes(name));
}

/** The networks of a service that another is in as well; those of one name are one, whatever they are called in the file. */
function sharedNetworks(
  service: ComposeService,
  other: ComposeService,
  { networks }: ComposeProject,
): readonly ServiceNetwork[] {
  const nameOf = (key: string): string => {
    const given = networks.get(key)?.name;
    return given?.kind === 'known' ? given.value : key;
  };
  const others = new Set(other.networks.map(({ network }) => nameOf(network)));
  return service.networks.filter(({ network }) => others.has(nameOf(network)));
}

/** True where its address is written down for every network that leads to it. */
function isPinned(service: ComposeService, from: ComposeService): boolean {
  const keys = new Set(from.networks.map(({ network }) => network));
  return service.networks
    .filter(({ network }) => keys.has(network))
    .every(({ ipv4Address }) => ipv4Address !== undefined);
}

function byAddress(from: ComposeService, { project, idOf }: NamedProject, address: string): Reach {
  const there = project.services.filter(
    (each) =>
      each.isStarted &&
      each.networks.some(({ ipv4Address, ipv6Address }) =>
        valuesOf([ipv4Address, ipv6Address]).includes(address),
      ),
  );
  const reached = there.filter((each) => each === from || sharedNetworks(each, from, project).length > 0);
  return reached.length > 0
    ? { kind: 'hosts', ids: reached.map(idOf), isStable: true }
    : unknown(`${address} is no address that the project gives a service`);
}

function extraHost({ extraHosts }: ComposeService, name: string): string | undefined {
  for (const given of extraHosts) {
    if (given.kind === 'known' && given.value.name.toLowerCase() === name) return given.value.address;
  }
  return undefined;
}

function linkedAs({ links }: ComposeService, name: string): string | undefined {
  for (const given of links) {
    if (given.kind === 'known' && given.value.alias.toLowerCase() === name) return given.value.target;
  }
  return undefined;
}

/** What may bring a name that nobody in the project is known to have; `undefined` where nothing can. */
function doubtOf(name: string, from: ComposeService, { project, others }: NamedProject): string | undefined {
  if (name.includes('.')) return `${name} may be a name of the Internet`;
  const [lost] = [...project.unread, ...project.problems];
  if (lost) return `the compose project was not read whole: ${lost.message}`;
  if (from.doubts.length > 0) return `not all of the service ${from.name} is understood`;
  const isExternal = from.networks.some(({ network }) => {
    const given = project.networks.get(network)?.isExternal;
    return given?.kind === 'unknown' || given?.value === true;
  });
  if (isExternal) return 'others may be in a network that is made elsewhere';
  if (hasUnknown(from.extraHosts) || hasUnknown(from.links)) return 'variables decide its links';
  if (from.externalLinks.length > 0) return 'it is linked with containers of other projects';
  if (from.dns.length > 0) return 'it asks a name server of its own';
  for (const each of project.services) {
    if (each.isStarted && isDoubtful(each, name))
      return `it is not known what the service ${each.name} is called`;
  }
  const isNamed = (text: string): boolean => text.toLowerCase().includes(name);
  if (others.some(isNamed)) return 'another compose file beside the project has the name';
  return undefined;
}

/** True where a service may have the name: a variable decides, or Docker makes one of its hostname and its number. */
function isDoubtful(service: ComposeService, name: string): boolean {
  const { hostname, containerName, networks, doubts } = service;
  if (doubts.length > 0 || containerName?.kind === 'unknown') return true;
  if (networks.some(({ aliases }) => hasUnknown(aliases))) return true;
  if (hostname && (hostname.kind === 'unknown' || hostname.value.toLowerCase() === name)) return true;
  const own = service.name.toLowerCase();
  return name.endsWith(`-${own}-1`) || name.endsWith(`_${own}_1`) || /[-_]\d+$/.test(name);
}

function aliasesOf({ networks }: ComposeService): readonly string[] {
  return networks.flatMap(({ aliases }) => valuesOf(aliases));
}

function valuesOf(given: readonly (Given<string> | undefined)[]): readonly string[] {
  return given.flatMap((each) => (each?.kind === 'known' ? [each.value.toLowerCase()] : []));
}

function hasUnknown(given: readonly Given<unknown>[]): boolean {
  return given.some(({ kind }) => kind === 'unknown');
}

function isAddress(name: string): boolean {
  return name.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
}

function unknown(why: string): Reach {
  return { kind: 'unknown', why };
}
