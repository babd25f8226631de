import { dirname } from 'node:path';
import { type FailOn, failLevels, type RuleLevel, ruleLevels } from '../engine/severity.ts';
import { type App, appProtocols } from '../model/apps/app.ts';
import type { HostFacts } from '../model/host/facts.ts';
import { type Address, normalUnixPath } from '../model/links/address.ts';
import type { Source, Span } from '../syntax/source.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../syntax/yaml.ts';
import { parseMemorySize } from '../values/memory-size.ts';

/** What a no502.yaml says. Absent means: not said. */
export interface Config {
  readonly source: Source;
  readonly facts: HostFacts;
  /** The directory that plays `/`, relative to the file. */
  readonly root?: string;
  /** Patterns relative to the file. */
  readonly exclude: readonly string[];
  readonly failOn?: FailOn;
  readonly rules: readonly RuleSetting[];
  /** Empty where one host is meant. */
  readonly hosts: readonly HostSetting[];
}

/** One of several hosts that are linted together. */
export interface HostSetting {
  readonly name: string;
  /** Where the name stands. */
  readonly at: Span;
  /** The directory that plays its `/`, relative to the file. */
  readonly root: string;
  /** The addresses and names by which the others dial it. */
  readonly addresses: readonly string[];
  readonly facts: HostFacts;
}

/** One line of `rules:`. */
export interface RuleSetting {
  readonly rule: string;
  readonly level: RuleLevel;
  /** Where the id of the rule stands. */
  readonly at: Span;
}

/** The directory that the paths of a configuration are relative to. */
export function configDirectory({ source }: Config): string {
  return dirname(source.path);
}

/** Takes the settings out of a tree that the schema has found right. */
export function configOf(source: Source, root: YamlNode | undefined): Config {
  const settings: YamlMap =
    root?.kind === 'map' ? root : { kind: 'map', span: { source, start: 0, end: 0 }, entries: [] };
  const rootPath = textAt(settings, 'root');
  const failOn = wordAt(settings, 'failOn', failLevels);
  return {
    source,
    facts: factsOf(settings),
    ...(rootPath !== undefined && { root: rootPath }),
    exclude: textsAt(settings, 'exclude'),
    ...(failOn && { failOn }),
    rules: entriesAt(settings, 'rules').flatMap(({ key, keySpan, value }) => {
      const level = ruleLevels.find((known) => known === scalarText(value));
      return level ? [{ rule: key, level, at: keySpan }] : [];
    }),
    hosts: entriesAt(settings, 'hosts').flatMap(hostOf),
  };
}

function hostOf({ key: name, keySpan: at, value }: YamlEntry): readonly HostSetting[] {
  const root = value.kind === 'map' ? textAt(value, 'root') : undefined;
  if (value.kind !== 'map' || root === undefined) return [];
  return [{ name, at, root, addresses: textsAt(value, 'addresses'), facts: factsOf(value) }];
}

function factsOf(settings: YamlMap): HostFacts {
  const memoryBytes = bytesAt(settings, 'memory');
  const workerMemoryBytes = bytesAt(settings, 'workerMemory');
  const nginxUser = textAt(settings, 'nginxUser');
  const php = textAt(settings, 'php');
  const nginxVersion = textAt(settings, 'nginxVersion');
  return {
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...(workerMemoryBytes !== undefined && { workerMemoryBytes }),
    ...(nginxUser !== undefined && { nginxUser }),
    ...(php !== undefined && { php }),
    ...(nginxVersion !== undefined && { nginxVersion }),
    apps: entriesAt(settings, 'apps').flatMap(appOf),
  };
}

function appOf({ key: name, keySpan: span, value }: YamlEntry): readonly App[] {
  const isLong = value.kind === 'map';
  const address = isLong ? addressOf(value) : portAddress(numberOf(value));
  const protocol = isLong ? wordAt(value, 'protocol', appProtocols) : undefined;
  return address ? [{ name, address, protocol: protocol ?? 'http', span }] : [];
}

function addressOf(app: YamlMap): Address | undefined {
  const path = textAt(app, 'socket');
  if (path !== undefined) return { kind: 'unix', path: normalUnixPath(path) };
  return portAddress(numberOf(valueAt(app, 'port')), textAt(app, 'host'));
}

function portAddress(port: number | undefined, host = '*'): Address | undefined {
  return port === undefined ? undefined : { kind: 'tcp', host: host.toLowerCase(), port };
}

function entriesAt(map: YamlMap, key: string): YamlMap['entries'] {
  const value = valueAt(map, key);
  return value?.kind === 'map' ? value.entries : [];
}

function valueAt(map: YamlMap, key: string): YamlNode | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

function textAt(map: YamlMap, key: string): string | undefined {
  return scalarText(valueAt(map, key));
}

function textsAt(map: YamlMap, key: string): readonly string[] {
  const value = valueAt(map, key);
  return value?.kind === 'list' ? value.items.flatMap((item) => scalarText(item) ?? []) : [];
}

function wordAt<Word extends string>(map: YamlMap, key: string, words: readonly Word[]): Word | undefined {
  const text = textAt(map, key);
  return words.find((word) => word === text);
}

function bytesAt(map: YamlMap, key: string): number | undefined {
  const text = textAt(map, key);
  return text === undefined ? undefined : parseMemorySize(text);
}

function numberOf(node: YamlNode | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

function scalarText(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined;
}
