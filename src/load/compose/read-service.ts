import { type Given, known, mapGiven } from '../../syntax/compose/given.ts';
import { parseByteSize } from '../../syntax/compose/size.ts';
import { type Layers, last, under } from './layers.ts';
import { readBuild } from './read-build.ts';
import { readCommand } from './read-command.ts';
import { readEnvironment } from './read-environment.ts';
import { readFiles } from './read-files.ts';
import { readMounts } from './read-mounts.ts';
import { readDependencies, readExtraHosts, readLinks } from './read-names.ts';
import { readNetworkMode, readNetworks, textsOf } from './read-networks.ts';
import { readExpose, readPorts } from './read-ports.ts';
import { isOn, numberUnder, type Reading, textUnder } from './reading.ts';
import type { ComposeService, Doubt } from './service.ts';

/** What of the project a service refers to, and which of its profiles are active. */
export interface ServiceContext {
  readonly reading: Reading;
  readonly configs: ReadonlyMap<string, Layers>;
  readonly secrets: ReadonlyMap<string, Layers>;
  readonly activeProfiles: ReadonlySet<string>;
}

/** Keys that bring in what is not read here. */
const NOT_UNDERSTOOD: Readonly<Record<string, string>> = {
  volumes_from: 'it mounts the volumes of another container',
  provider: 'something other than a container provides it',
  use_api_socket: 'it reaches the container engine itself',
};

/** Reads one service from all that the files say of it. Undefined where they say nothing that is a service. */
export function readService(
  name: string,
  layers: Layers,
  context: ServiceContext,
  doubts: Doubt[],
): ComposeService | undefined {
  const first = layers[0];
  if (!first) return undefined;
  const span = first.at;
  const reading: Reading = {
    ...context.reading,
    complain(message, at) {
      context.reading.complain(message, at);
      doubts.push({ message, span: at });
    },
    doubt: (message, at) => doubts.push({ message, span: at }),
  };
  for (const { node } of layers)
    if (node.kind !== 'map') reading.complain(`${name} must be a map`, node.span);
  for (const [key, reason] of Object.entries(NOT_UNDERSTOOD)) {
    const at = last(under(layers, key))?.at;
    if (at) reading.doubt(reason, at);
  }

  const text = (key: string): Given<string> | undefined => textUnder(reading, layers, key);
  const profiles = textsOf(reading, under(layers, 'profiles'));
  const networkMode = readNetworkMode(reading, layers);
  const optional = {
    image: text('image'),
    build: readBuild(reading, layers),
    containerName: text('container_name'),
    hostname: text('hostname'),
    domainName: text('domainname'),
    command: readCommand(reading, layers, 'command'),
    entrypoint: readCommand(reading, layers, 'entrypoint'),
    networkMode,
    user: text('user'),
    workingDirectory: text('working_dir'),
    memoryLimit: memoryLimit(reading, layers),
    restart: text('restart'),
  };
  return {
    name,
    span,
    profiles,
    isStarted: profiles.length === 0 || profiles.some((each) => isActive(each, context.activeProfiles)),
    ...present(optional),
    environment: readEnvironment(reading, layers),
    ports: readPorts(reading, layers),
    expose: readExpose(reading, layers),
    networks: networkMode ? [] : readNetworks(reading, layers, span),
    links: readLinks(reading, layers, 'links'),
    externalLinks: readLinks(reading, layers, 'external_links'),
    extraHosts: readExtraHosts(reading, layers),
    dns: textsOf(reading, under(layers, 'dns')),
    volumes: readMounts(reading, layers),
    configs: readFiles(reading, layers, 'configs', context.configs),
    secrets: readFiles(reading, layers, 'secrets', context.secrets),
    dependsOn: readDependencies(reading, layers),
    replicas: replicasOf(reading, layers) ?? known(1, span),
    hasHealthcheck: hasHealthcheck(reading, layers),
    doubts,
  };
}

function isActive(profile: Given<string>, active: ReadonlySet<string>): boolean {
  return profile.kind === 'known' && (active.has(profile.value) || active.has('*'));
}

function memoryLimit(reading: Reading, service: Layers): Given<number> | undefined {
  const limits = under(under(under(service, 'deploy'), 'resources'), 'limits');
  const text = textUnder(reading, limits, 'memory') ?? textUnder(reading, service, 'mem_limit');
  return text && mapGiven(text, parseByteSize, 'it is no size');
}

function replicasOf(reading: Reading, service: Layers): Given<number> | undefined {
  return numberUnder(reading, under(service, 'deploy'), 'replicas') ?? numberUnder(reading, service, 'scale');
}

function hasHealthcheck(reading: Reading, service: Layers): boolean {
  const healthcheck = under(service, 'healthcheck');
  return healthcheck.length > 0 && !isOn(textUnder(reading, healthcheck, 'disable'));
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
