import type { NetworkName, NetworkPlace } from '../network-place.ts';
import { isNamespaceOpen, networkOwner, sameNamespace } from './namespaces.ts';
import type { ComposeProject } from './project.ts';
import { type NamedProject, namesOf, reachFrom } from './reach.ts';
import type { ComposeService } from './service.ts';
import { sharedPaths } from './shared-paths.ts';

/** What is known of the containers of a project once they are laid out. */
export interface ContainerFacts {
  /** True where all that listens in a container is known. */
  isClosed(service: ComposeService): boolean;
  /** Why its pools may listen elsewhere, as it reads behind "unless"; undefined where they do not. */
  closedUnless(service: ComposeService): string | undefined;
  /** What it is made from, as a person names it. */
  imageOf(service: ComposeService): string | undefined;
}

/**
 * Where the services of a project that are started stand among each other. `others` are the texts of other compose files,
 * which somebody may lay over the project.
 */
export function composePlaces(
  project: ComposeProject,
  others: readonly string[],
  containers: ContainerFacts,
): ReadonlyMap<ComposeService, NetworkPlace> {
  const idOf = ({ name }: ComposeService): string => `${project.files[0]?.path ?? project.directory}#${name}`;
  const started = {
    services: project.services.filter(({ isStarted }) => isStarted),
    volumes: project.volumes,
  };
  const named: NamedProject = { project, others, idOf };
  const told = (service: ComposeService): Pick<NetworkPlace, 'image' | 'closedUnless'> => {
    const [image, closedUnless] = [containers.imageOf(service), containers.closedUnless(service)];
    return {
      ...(image !== undefined && { image }),
      ...(closedUnless !== undefined && { closedUnless }),
    };
  };
  return new Map(
    started.services.map((service): [ComposeService, NetworkPlace] => [
      service,
      {
        id: idOf(service),
        title: `the service ${service.name}`,
        kind: 'service',
        span: service.span,
        ...told(service),
        addresses: addressesOf(service),
        names: namesOf(service),
        networks: networksOf(service, project),
        reach: (name) => reachFrom(service, named, name.toLowerCase()),
        sameNamespace: sameNamespace(service, started).map(idOf),
        isNamespaceOpen: isNamespaceOpen(service, project),
        sharedAt: (path) =>
          sharedPaths(path, service, started).map((shared) => ({
            id: idOf(shared.service),
            path: shared.path,
          })),
        isClosed: containers.isClosed(service),
        published: publishedPorts(service),
      },
    ]),
  );
}

/** The key in the file, and for a network that is made elsewhere the name that others know it by. */
function networksOf(service: ComposeService, project: ComposeProject): readonly NetworkName[] {
  return (networkOwner(service, project)?.networks ?? []).map(({ network }) => {
    const { name, isExternal } = project.networks.get(network) ?? {};
    const isKnownExternal = isExternal?.kind === 'known' && isExternal.value;
    return {
      name: isKnownExternal && name?.kind === 'known' ? name.value : network,
      isExternal: isKnownExternal,
    };
  });
}

function addressesOf({ networks }: ComposeService): readonly string[] {
  return networks
    .flatMap(({ ipv4Address, ipv6Address }) => [ipv4Address, ipv6Address])
    .flatMap((given) => (given?.kind === 'known' ? [given.value.toLowerCase()] : []));
}

/** Single ports that are forwarded to another number. A range is dialed by nobody. */
function publishedPorts({ ports }: ComposeService): NetworkPlace['published'] {
  return ports.flatMap((given) => {
    if (given.kind === 'unknown' || given.value.protocol !== 'tcp') return [];
    const { target, published } = given.value;
    if (target.kind !== 'known' || published?.kind !== 'known') return [];
    const isSingle = ({ first, last }: { first: number; last: number }): boolean => first === last;
    if (!isSingle(target.value) || !isSingle(published.value)) return [];
    const [inside, outside] = [target.value.first, published.value.first];
    return inside === outside ? [] : [{ inside, outside, span: given.span }];
  });
}
