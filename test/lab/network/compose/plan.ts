import { basename } from 'node:path';
import type { Tree, TreeEntry } from '../../plan.ts';
import { type ExpectedRequest, ScenarioError } from '../../scenario.ts';
import { resolveOwners, withEntry } from '../../tree.ts';
import type { Image } from '../images.ts';
import type { HostLink, HostPlan, Mount, NetworkPlan, Program, Volume } from '../plan.ts';
import { type Addresses, giveAddresses } from './addresses.ts';
import { type ComposeFile, readCompose, textOf } from './file.ts';
import { hostsFile, namesSeenBy } from './names.ts';
import { readService, type Service } from './service.ts';
import { mapping, text } from './values.ts';

/** The repository as a volume, of which bind mounts are parts. */
const REPOSITORY = 'repository';

/** What `docker compose up` would make of a repository: a host for each service. */
export function composePlan(
  repository: Tree,
  imageOf: (name: string) => Image | undefined,
  requests: readonly ExpectedRequest[],
): NetworkPlan {
  const file = readCompose(repository);
  const services = Object.keys(file.services).map((name) => readService(name, file, repository, imageOf));
  const addresses = giveAddresses(file, services);
  return {
    networks: addresses.segments,
    volumes: [{ name: REPOSITORY, entries: [...repository] }, ...namedVolumes(services)],
    hosts: services.map((service) => hostPlan(service, services, addresses, file, repository)),
    published: services.flatMap(({ name, ports }) => {
      const to = [...(addresses.of.get(name)?.values() ?? [])][0];
      return to === undefined
        ? []
        : ports.map(({ address, published, target }) => ({
            address,
            port: published,
            to: [to, target] as const,
          }));
    }),
    requests: requests.map(({ plan }) => ({ ...plan, address: visited(plan.url, services, addresses) })),
  };
}

/** A service by its name is visited at its own address, everything else at the published ports of the machine. */
function visited(url: string, services: readonly Service[], addresses: Addresses): string {
  const name = new URL(url).hostname;
  const service = services.find((known) => known.name === name);
  if (!service) return '127.0.0.1';
  const shared = /^service:(.*)/.exec(service.networkMode ?? '')?.[1] ?? name;
  return [...(addresses.of.get(shared)?.values() ?? [])][0] ?? '127.0.0.1';
}

function hostPlan(
  service: Service,
  services: readonly Service[],
  addresses: Addresses,
  file: ComposeFile,
  repository: Tree,
): HostPlan {
  const { name, mounts, image } = service;
  const shared = /^service:(.*)/.exec(service.networkMode ?? '')?.[1];
  const networkOwner = services.find((other) => other.name === (shared ?? name)) ?? service;
  const names = namesSeenBy(networkOwner, services, addresses);
  const base = image?.tree ?? new Map<string, TreeEntry>();
  const withNames = withEntry(base, '/etc/hosts', fileEntry(hostsFile(names)));
  const tree = mounts.reduce((made, mount) => {
    if (mount.kind !== 'config') return made;
    const config = mapping(file.configs[mount.source]);
    const content = text(config['content']) ?? textOf(repository, text(config['file']) ?? '');
    if (content === undefined) throw new ScenarioError(`the config ${mount.source} has no content`);
    return withEntry(made, mount.target, fileEntry(content));
  }, withNames);
  const program = programOf(service, tree);
  return {
    name,
    link: linkOf(service, addresses),
    body: {
      kind: 'container',
      entries: [...tree],
      mounts: mounts.flatMap(planMount).sort((a, b) => (a.to < b.to ? -1 : 1)),
      ...(program && { program }),
      names: service.networks.length > 0 ? names : [],
    },
  };
}

function fileEntry(content: string): TreeEntry {
  return { kind: 'file', text: content, mode: 0o644, owner: '0:0' };
}

function linkOf({ name, networkMode, networks }: Service, addresses: Addresses): HostLink {
  if (networkMode === 'host') return { kind: 'machine' };
  if (networkMode?.startsWith('service:')) return { kind: 'of', host: networkMode.slice(8) };
  if (networkMode !== undefined && networkMode !== 'none')
    throw new ScenarioError(`the lab cannot play network_mode: ${networkMode}`);
  const given = addresses.of.get(name);
  return {
    kind: 'own',
    interfaces: networks.map(({ network }) => ({ network, addresses: [given?.get(network) ?? ''] })),
  };
}

function planMount({ kind, source, target, readOnly }: Service['mounts'][number]): readonly Mount[] {
  if (kind === 'config') return [];
  const [volume, from] = kind === 'bind' ? [REPOSITORY, source] : [volumeName(source), '/'];
  return [{ volume, from, to: target, readOnly }];
}

function volumeName(name: string): string {
  return `volume-${name}`;
}

/** A new volume gets what the image of the first service that mounts it has at that place. */
function namedVolumes(services: readonly Service[]): readonly Volume[] {
  const volumes = new Map<string, Volume>();
  for (const { image, mounts } of services) {
    for (const { kind, source, target } of mounts) {
      if (kind !== 'volume') continue;
      const known = volumes.get(source);
      if (known && known.entries.length > 0) continue;
      volumes.set(source, { name: volumeName(source), entries: image ? contentOf(image.tree, target) : [] });
    }
  }
  return [...volumes.values()];
}

function contentOf(tree: Tree, directory: string): Volume['entries'] {
  return [...tree].flatMap(([path, entry]) => {
    if (path !== directory && !path.startsWith(`${directory}/`)) return [];
    return [[path === directory ? '/' : path.slice(directory.length), entry] as const];
  });
}

function programOf(service: Service, tree: Tree): Program | undefined {
  const [first, ...rest] = service.command;
  if (first === undefined) return undefined;
  const { kind, command } = started(first, rest);
  return {
    kind,
    command,
    environment: { HOSTNAME: service.hostname, ...service.environment },
    directory: service.directory,
    user: numbersOf(service.user ?? '0:0', tree),
  };
}

/** What kind of program a command starts. */
function started(first: string, rest: readonly string[]): Pick<Program, 'kind' | 'command'> {
  const name = basename(first);
  if (name === 'nginx') return { kind: 'nginx', command: [first, ...rest] };
  if (name === 'php-fpm') return { kind: 'fpm', command: [first, ...rest] };
  return { kind: 'app', command: [first, ...rest] };
}

/** `uid:gid` of a user as the image's own files tell. */
function numbersOf(user: string, tree: Tree): string {
  const probe: TreeEntry = {
    kind: 'file',
    text: '',
    mode: 0o644,
    owner: user.includes(':') ? user : `${user}:${user}`,
  };
  const resolved = resolveOwners(withEntry(tree, '/probe', probe)).get('/probe');
  return resolved && resolved.kind !== 'symlink' ? resolved.owner : '0:0';
}
