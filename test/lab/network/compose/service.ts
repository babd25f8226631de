import { posix } from 'node:path';
import type { Tree } from '../../plan.ts';
import { ScenarioError } from '../../scenario.ts';
import type { Image } from '../images.ts';
import { buildImage } from './dockerfile.ts';
import { type ComposeFile, textOf } from './file.ts';
import { readEnvFile } from './interpolate.ts';
import { isMapping, items, mapping, pairs, text, texts, words } from './values.ts';

/** One service of a compose project in one form, however it was written. */
export interface Service {
  readonly name: string;
  /** Absent where the lab has no tree of the image. */
  readonly image?: Image;
  /** What it runs, words; empty where nothing. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly user?: string;
  readonly mounts: readonly ServiceMount[];
  /** `host`, `none`, `service:web`; absent where it is on networks. */
  readonly networkMode?: string;
  readonly networks: readonly ServiceNetwork[];
  /** What others call it, on every network. */
  readonly names: readonly string[];
  readonly hostname: string;
  /** Other services under names of its own. */
  readonly links: readonly (readonly [service: string, alias: string])[];
  readonly extraHosts: readonly (readonly [name: string, address: string])[];
  readonly ports: readonly Port[];
}

export interface ServiceMount {
  readonly kind: 'bind' | 'volume' | 'config';
  /** A path of the repository, the name of a volume, or that of a config. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface ServiceNetwork {
  readonly network: string;
  readonly aliases: readonly string[];
  /** The address that is asked for. */
  readonly address?: string;
}

export interface Port {
  readonly address: string;
  readonly published: number;
  readonly target: number;
}

/** The name of the project: that of the directory it lies in. */
const PROJECT = 'shop';

/** Brings a service into one form. https://docs.docker.com/reference/compose-file/services/ */
export function readService(
  name: string,
  file: ComposeFile,
  repository: Tree,
  imageOf: (name: string) => Image | undefined,
): Service {
  const service = file.services[name] ?? {};
  const image = readImage(service, repository, imageOf);
  const environment = { ...image?.environment, ...readEnvironment(service, file, repository) };
  const entrypoint = words(service['entrypoint']);
  const command = words(service['command']) ?? (entrypoint ? [] : (image?.command ?? []));
  const mode = text(service['network_mode']);
  const hostname = text(service['hostname']);
  const container = text(service['container_name']) ?? `${PROJECT}-${name}-1`;
  const user = text(service['user']) ?? image?.user;
  return {
    name,
    ...(image && { image }),
    command: image ? [...(entrypoint ?? []), ...command] : [],
    environment,
    directory: text(service['working_dir']) ?? image?.directory ?? '/',
    ...(user !== undefined && { user }),
    mounts: [
      ...items(service['volumes']).flatMap(readMount),
      ...items(service['configs']).flatMap(readConfig),
    ],
    ...(mode !== undefined && { networkMode: mode }),
    networks: mode === undefined ? readNetworks(service['networks']) : [],
    names: [name, container, ...(hostname === undefined ? [] : [hostname])],
    hostname: hostname ?? container,
    links: texts(service['links']).map((link) => {
      const [target = '', alias = target] = link.split(':');
      return [target, alias] as const;
    }),
    extraHosts: readExtraHosts(service['extra_hosts']),
    ports: items(service['ports']).flatMap(readPort),
  };
}

function readImage(
  service: Readonly<Record<string, unknown>>,
  repository: Tree,
  imageOf: (name: string) => Image | undefined,
): Image | undefined {
  const build = service['build'];
  if (build === undefined) return imageOf(text(service['image']) ?? '');
  const { context = '.', dockerfile = 'Dockerfile' } = isMapping(build) ? build : { context: build };
  return buildImage(repository, text(context) ?? '.', text(dockerfile) ?? 'Dockerfile', imageOf);
}

function readEnvironment(
  service: Readonly<Record<string, unknown>>,
  file: ComposeFile,
  repository: Tree,
): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const entry of items(service['env_file'])) {
    const path = isMapping(entry) ? text(entry['path']) : text(entry);
    for (const [name, value] of readEnvFile(textOf(repository, path ?? '') ?? '')) found.set(name, value);
  }
  for (const [name, value] of pairs(service['environment'])) {
    const known = value ?? file.environment.get(name);
    if (known !== undefined) found.set(name, known);
  }
  return Object.fromEntries(found);
}

function readMount(volume: unknown): readonly ServiceMount[] {
  if (isMapping(volume)) {
    const [source, target] = [text(volume['source']), text(volume['target'])];
    const kind = text(volume['type']);
    if (source === undefined || target === undefined || kind === 'tmpfs') return [];
    return [mount(source, target, volume['read_only'] === true, kind === 'volume' ? 'volume' : undefined)];
  }
  const [source = '', target, mode = ''] = (text(volume) ?? '').split(':');
  // A volume without a name is the container's own, with what its image has there.
  return target === undefined ? [] : [mount(source, target, mode.split(',').includes('ro'))];
}

function mount(source: string, target: string, readOnly: boolean, kind?: 'volume'): ServiceMount {
  if (source.startsWith('/') || source.startsWith('~'))
    throw new ScenarioError(`${source} is not in the repository`);
  const isPath = kind === undefined && source.startsWith('.');
  return {
    kind: isPath ? 'bind' : 'volume',
    source: isPath ? posix.join('/', source).replace(/(?<=.)\/$/, '') : source,
    target: posix.resolve('/', target),
    readOnly,
  };
}

function readConfig(config: unknown): readonly ServiceMount[] {
  const source = text(isMapping(config) ? config['source'] : config) ?? '';
  const target = (isMapping(config) ? text(config['target']) : undefined) ?? `/${source}`;
  return [{ kind: 'config', source, target, readOnly: true }];
}

function readNetworks(networks: unknown): readonly ServiceNetwork[] {
  if (networks === undefined) return [{ network: 'default', aliases: [] }];
  const entries = isMapping(networks)
    ? Object.entries(networks)
    : texts(networks).map((network): [string, unknown] => [network, null]);
  return entries.map(([network, value]) => {
    const { aliases, ipv4_address: address } = mapping(value);
    const asked = text(address);
    return { network, aliases: texts(aliases), ...(asked !== undefined && { address: asked }) };
  });
}

function readExtraHosts(hosts: unknown): readonly (readonly [string, string])[] {
  if (isMapping(hosts)) return Object.entries(hosts).map(([name, address]) => [name, text(address) ?? '']);
  return texts(hosts).map((line) => {
    const [, name = '', address = ''] = /^([^:=]+)[:=]\[?([^\]]*)\]?$/.exec(line) ?? [];
    return [name, address];
  });
}

function readPort(port: unknown): readonly Port[] {
  if (isMapping(port)) {
    const [published, target] = [text(port['published']), text(port['target'])];
    if (published === undefined || port['protocol'] === 'udp') return [];
    const address = text(port['host_ip']) ?? '0.0.0.0';
    return [{ address, published: Number(published), target: Number(target) }];
  }
  const short = text(port) ?? '';
  const match = /^(?:([\d.]+):)?(\d+)(?:-(\d+))?:(\d+)(?:-\d+)?(?:\/tcp)?$/.exec(short);
  if (!match) return [];
  const [, address = '0.0.0.0', first = '', last = first, target = ''] = match;
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => ({
    address,
    published: Number(first) + at,
    target: Number(target) + at,
  }));
}
