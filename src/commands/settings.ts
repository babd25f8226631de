import { isAbsolute, join, relative } from 'node:path';
import { type Config, configDirectory } from '../config/config.ts';
import { configSchema } from '../config/config-schema.ts';
import type { LintOptions } from '../engine/options.ts';
import { type FailOn, failLevels, type RuleLevel, ruleLevels } from '../engine/severity.ts';
import type { ToldMachine } from '../lint-request.ts';
import { UsageError } from '../load/usage-error.ts';
import { parseMemorySize } from '../values/memory-size.ts';
import { didYouMean } from '../values/nearest.ts';
import { parseApp } from './app-option.ts';
import type { Call } from './call.ts';

/** What the call and the configuration file say together: the call wins. */
export interface CheckSettings {
  readonly paths: readonly string[];
  readonly root?: string;
  /** Empty where one host is meant. */
  readonly machines: readonly ToldMachine[];
  /** Patterns relative to the current directory. */
  readonly exclude: readonly string[];
  readonly options: LintOptions;
  readonly failOn: FailOn;
}

/**
 * Puts a call and a configuration file together.
 *
 * @throws UsageError for a value that cannot be, with what was probably meant.
 */
export function settingsOf(
  call: Call,
  config: Config | undefined,
  ruleIds: readonly string[],
  cwd: string,
): CheckSettings {
  const facts = config?.facts ?? {};
  const apps = new Map((facts.apps ?? []).map((app) => [app.name, app]));
  for (const app of call.values('app').map(parseApp)) apps.set(app.name, app);
  const memoryBytes = sizeOption(call, 'memory') ?? facts.memoryBytes;
  const workerMemoryBytes = sizeOption(call, 'worker-memory') ?? facts.workerMemoryBytes;
  const nginxUser = call.value('nginx-user') ?? facts.nginxUser;
  const php = versionOption(call, 'php', 'php') ?? facts.php;
  const nginxVersion = versionOption(call, 'nginx-version', 'nginxVersion') ?? facts.nginxVersion;
  const [path] = call.words;
  if (call.value('root') !== undefined && path !== undefined) {
    throw new UsageError(
      `--root takes no path (${path}): all of that host is read; --changed tells what given files cause`,
    );
  }
  const root = call.value('root') ?? rootOf(call, config);
  const failOn = call.value('fail-on');
  return {
    paths: call.words,
    ...(root !== undefined && { root }),
    machines: config && root === undefined && call.words.length === 0 ? machinesOf(config, cwd) : [],
    exclude: config ? excludedBy(config, cwd) : [],
    options: {
      ...(memoryBytes !== undefined && { memoryBytes }),
      ...(workerMemoryBytes !== undefined && { workerMemoryBytes }),
      ...(nginxUser !== undefined && { nginxUser }),
      ...(php !== undefined && { php }),
      ...(nginxVersion !== undefined && { nginxVersion }),
      apps: [...apps.values()],
      ruleLevels: levelsOf(call, config, ruleIds),
    },
    failOn: failOn === undefined ? (config?.failOn ?? 'error') : oneOf('--fail-on', failOn, failLevels),
  };
}

/** @throws UsageError where the word is none of these. */
export function oneOf<Word extends string>(option: string, word: string, words: readonly Word[]): Word {
  const found = words.find((known) => known === word);
  if (found !== undefined) return found;
  throw new UsageError(`${option} cannot be "${word}": it is ${words.join(', ')}${didYouMean(word, words)}`);
}

function excludedBy(config: Config, cwd: string): readonly string[] {
  const directory = relative(cwd, configDirectory(config));
  return directory === '' ? config.exclude : config.exclude.map((pattern) => `${directory}/${pattern}`);
}

function machinesOf(config: Config, cwd: string): readonly ToldMachine[] {
  const directory = relative(cwd, configDirectory(config));
  return config.hosts.map(({ name, at, root, addresses, facts }) => ({
    name,
    span: at,
    root: isAbsolute(root) ? root : join(directory, root),
    addresses,
    facts,
  }));
}

// Paths ask for these files and no others: the root of the configuration file is then not meant.
function rootOf(call: Call, config: Config | undefined): string | undefined {
  if (config?.root === undefined || call.words.length > 0) return undefined;
  return config.root.startsWith('/') ? config.root : `${configDirectory(config)}/${config.root}`;
}

function levelsOf(
  call: Call,
  config: Config | undefined,
  ruleIds: readonly string[],
): ReadonlyMap<string, RuleLevel> {
  const levels = new Map((config?.rules ?? []).map(({ rule, level }) => [rule, level]));
  for (const given of call.values('rule')) {
    const equals = given.indexOf('=');
    if (equals === -1) throw new UsageError(`--rule ${given} needs a level: --rule ${given}=off`);
    const rule = given.slice(0, equals);
    if (!ruleIds.includes(rule)) throw unknownRule(rule, ruleIds);
    levels.set(rule, oneOf(`--rule ${rule}`, given.slice(equals + 1), ruleLevels));
  }
  return levels;
}

/** The error for an id that no rule has. */
export function unknownRule(id: string, ruleIds: readonly string[]): UsageError {
  const hint = didYouMean(id, ruleIds) || alike(id, ruleIds) || '; no502 rules lists them';
  return new UsageError(`unknown rule "${id}"${hint}`);
}

/** So many ids are worth reading. */
const mostAlike = 6;

/** Who remembers a part of an id sees those that have it. */
function alike(id: string, ruleIds: readonly string[]): string {
  const found = ruleIds.filter((known) => known.includes(id));
  if (found.length === 1) return `; did you mean "${found[0]}"?`;
  return found.length > 0 && found.length <= mostAlike ? `; there are ${found.join(', ')}` : '';
}

function sizeOption(call: Call, name: string): number | undefined {
  const text = call.value(name);
  if (text === undefined) return undefined;
  const bytes = parseMemorySize(text);
  if (bytes === undefined) throw new UsageError(`--${name} cannot be "${text}"; write it like 4G or 512M`);
  return bytes;
}

function versionOption(call: Call, name: string, key: 'php' | 'nginxVersion'): string | undefined {
  const text = call.value(name);
  const { pattern = '', examples = [] } = configSchema.properties?.[key] ?? {};
  if (text !== undefined && !new RegExp(pattern, 'u').test(text)) {
    const [, major, minor] = key === 'php' ? (/^([5-9])(\d)$/.exec(text) ?? []) : [];
    const hint = major !== undefined ? `; did you mean "${major}.${minor}"?` : '';
    throw new UsageError(`--${name} cannot be "${text}"; write it like ${String(examples[0])}${hint}`);
  }
  return text;
}
