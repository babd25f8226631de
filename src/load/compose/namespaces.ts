import type { ComposeProject } from './project.ts';
import type { ComposeService } from './service.ts';

/**
 * The service whose network a service is in: its own, or the one that `network_mode: service:x` names, and what that names.
 * `undefined` where that is not in the project, or goes round in circles.
 */
export function networkOwner(
  service: ComposeService,
  { services }: Pick<ComposeProject, 'services'>,
): ComposeService | undefined {
  const known = ownersIn(services);
  if (!known.has(service)) known.set(service, findOwner(service, services));
  return known.get(service);
}

const owners = new WeakMap<ComposeProject['services'], Map<ComposeService, ComposeService | undefined>>();

/** Each service asks for the owner of every other one, and the way to it may be as long as there are services. */
function ownersIn(services: ComposeProject['services']): Map<ComposeService, ComposeService | undefined> {
  const known = owners.get(services) ?? new Map<ComposeService, ComposeService | undefined>();
  owners.set(services, known);
  return known;
}

function findOwner(
  service: ComposeService,
  services: ComposeProject['services'],
): ComposeService | undefined {
  let owner: ComposeService | undefined = service;
  for (let step = 0; owner && step <= services.length; step++) {
    const mode: ComposeService['networkMode'] = owner.networkMode;
    if (mode?.kind !== 'known' || mode.value.kind !== 'service') return owner;
    const name: string = mode.value.name;
    owner = services.find((each) => each.name === name);
  }
  return undefined;
}

/** The other services that are in the same network namespace. */
export function sameNamespace(
  service: ComposeService,
  project: Pick<ComposeProject, 'services'>,
): readonly ComposeService[] {
  const own = namespaceOf(service, project);
  if (own === undefined) return [];
  return project.services.filter((other) => other !== service && namespaceOf(other, project) === own);
}

const machine = '(the machine)';

function namespaceOf(service: ComposeService, project: Pick<ComposeProject, 'services'>): string | undefined {
  const owner = networkOwner(service, project);
  const mode = owner?.networkMode;
  if (mode === undefined) return owner?.name;
  if (mode.kind === 'unknown') return undefined;
  return mode.value.kind === 'host' ? machine : owner?.name;
}

/** True where others than the services of the project may listen in its namespace: it is the machine's, or another container's. */
export function isNamespaceOpen(service: ComposeService, project: Pick<ComposeProject, 'services'>): boolean {
  const owner = networkOwner(service, project);
  const mode = owner?.networkMode;
  if (!owner || mode?.kind === 'unknown') return true;
  return mode?.value.kind === 'host' || mode?.value.kind === 'container';
}
