import { parse } from 'yaml';
import type { Tree } from '../../plan.ts';
import { ScenarioError } from '../../scenario.ts';
import { interpolate, readEnvFile } from './interpolate.ts';
import { isMapping, items, mapping, pairs, text, texts } from './values.ts';

/** A compose project as its files say it together, with every variable replaced. */
export interface ComposeFile {
  /** Those that `docker compose up` starts. */
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, unknown>>;
  /** What `.env` sets. */
  readonly environment: ReadonlyMap<string, string>;
}

type Mapping = Readonly<Record<string, unknown>>;

/** The names that `docker compose` looks for, in its order. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** The compose files of a repository: the first of its names, and the override beside it. */
export function composeFilesOf(tree: Tree): readonly string[] {
  const name = NAMES.find((known) => tree.has(`/${known}`));
  if (name === undefined) return [];
  const [stem] = name.split('.');
  const overrides = ['yaml', 'yml'].map((end) => `${stem}.override.${end}`);
  return [name, ...overrides.filter((known) => tree.has(`/${known}`)).slice(0, 1)];
}

/** Reads the compose files of a repository as `docker compose up` in its directory does. */
export function readCompose(tree: Tree): ComposeFile {
  const environment = readEnvFile(textOf(tree, '.env') ?? '');
  const read = (name: string): Mapping => {
    const content = textOf(tree, name);
    if (content === undefined) throw new ScenarioError(`the repository has no ${name}`);
    const file = mapping(interpolate(parse(content, { merge: true }), environment));
    const included = texts(file['include']).map(read);
    return [...included, file].reduce(merge, {});
  };
  const file = composeFilesOf(tree).map(read).reduce(merge, {});
  const extended = (service: Mapping, own: Mapping): Mapping => {
    const base = service['extends'];
    if (base === undefined) return service;
    const { file: other, service: name } = isMapping(base) ? base : { service: base };
    const services = other === undefined ? own : mapping(read(text(other) ?? '')['services']);
    const { extends: _, ...rest } = service;
    return merge(extended(mapping(services[text(name) ?? '']), services), rest);
  };
  const profiles = (environment.get('COMPOSE_PROFILES') ?? '').split(',');
  const services = mapping(file['services']);
  const isStarted = (service: Mapping): boolean => {
    const own = texts(service['profiles']);
    return own.length === 0 || own.some((profile) => profiles.includes(profile));
  };
  return {
    services: Object.fromEntries(
      Object.entries(services)
        .map(([name, service]) => [name, extended(mapping(service), services)] as const)
        .filter(([, service]) => isStarted(service)),
    ),
    networks: mapping(file['networks']),
    configs: mapping(file['configs']),
    environment,
  };
}

/** The text of a file of the repository. */
export function textOf(tree: Tree, path: string): string | undefined {
  const entry = tree.get(`/${path.replace(/^\.\//, '')}`);
  return entry?.kind === 'file' ? entry.text : undefined;
}

/** What the later file replaces as a whole. https://docs.docker.com/reference/compose-file/merge/ */
const REPLACED = new Set(['command', 'entrypoint']);
/** What is merged by name, whether it is written as a list or as a mapping. */
const BY_NAME = new Set(['environment', 'labels', 'extra_hosts', 'depends_on']);

function merge(before: Mapping, after: Mapping): Mapping {
  const merged: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(after)) merged[key] = mergeValue(key, before[key], value);
  return merged;
}

function mergeValue(key: string, before: unknown, after: unknown): unknown {
  if (before === undefined || before === null || REPLACED.has(key)) return after;
  if (key === 'environment') return Object.fromEntries([...pairs(before), ...pairs(after)]);
  if (key === 'volumes' && !isMapping(before)) {
    const taken = new Set(items(after).map(targetOf));
    return [...items(before).filter((item) => !taken.has(targetOf(item))), ...items(after)];
  }
  if (isMapping(before) && isMapping(after)) return merge(before, after);
  if (Array.isArray(before) && Array.isArray(after) && !BY_NAME.has(key)) return [...before, ...after];
  return after;
}

/** Where in the container a volume is mounted: two of one place are one. */
function targetOf(volume: unknown): string | undefined {
  return isMapping(volume) ? text(volume['target']) : text(volume)?.split(':')[1];
}
