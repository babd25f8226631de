import { relative, resolve } from 'node:path';
import { readNamed } from '../load/fence.ts';
import type { FileSystem } from '../load/file-system.ts';
import { nearPathHint } from '../load/near-path.ts';
import { UsageError } from '../load/usage-error.ts';
import { decode, positionAt, type Source, type Span } from '../syntax/source.ts';
import { parseYaml, valuesIn, type YamlNode, type YamlProblem } from '../syntax/yaml.ts';
import { didYouMean } from '../values/nearest.ts';
import { type Config, configOf } from './config.ts';
import { configSchema } from './config-schema.ts';
import { validate } from './validate.ts';

/** The name of the configuration file that is read from the current directory. */
export const configName = 'no502.yaml';

// Beyond, aliases stand for maps of aliases, which would be looked through one by one.
const mostValues = 100_000;
const tooManyValues = `its aliases stand for more than ${mostValues} values`;

// What people write by hand is a few lines; what is larger is not a configuration of ours.
const mostBytes = 1 << 20;

/** From where to read a configuration. */
export interface ConfigPlace {
  readonly fs: FileSystem;
  readonly cwd: string;
  /** The file that the call names. Absent: `no502.yaml` of the current directory, if it is there. */
  readonly path?: string;
}

/**
 * Reads the configuration file, where there is one.
 *
 * @throws UsageError with one line for each thing wrong: its place, and what was probably meant.
 */
export async function readConfig(
  place: ConfigPlace,
  ruleIds: readonly string[],
): Promise<Config | undefined> {
  const source = readSource(place);
  if (!source) return undefined;
  const { root, problems } = await parseYaml(source);
  // One fault of the syntax begets others.
  refuse(problems.slice(0, 1));
  // An empty file says nothing, which is right.
  const isEmpty = root === undefined || (root.kind === 'scalar' && root.value === null);
  refuse(isEmpty ? [] : validate(root, configSchema));
  refuse(isEmpty || valuesIn(root) <= mostValues ? [] : [{ span: root.span, message: tooManyValues }]);
  const config = configOf(source, root);
  refuse(misplacedBesideHosts(config, root));
  refuse(
    config.rules
      .filter(({ rule }) => !ruleIds.includes(rule))
      .map(({ rule, at }) => ({ span: at, message: `unknown rule "${rule}"${didYouMean(rule, ruleIds)}` })),
  );
  return config;
}

/** Of several hosts each has its own root and its own apps. */
function misplacedBesideHosts({ hosts }: Config, root: YamlNode | undefined): readonly YamlProblem[] {
  if (hosts.length === 0 || root?.kind !== 'map') return [];
  const misplaced = root.entries.filter(({ key }) => key === 'root' || key === 'apps');
  return misplaced.map(({ key, keySpan }) => ({
    span: keySpan,
    message: `${key} belongs to one of the hosts: write it below its name`,
  }));
}

function readSource({ fs, cwd, path }: ConfigPlace): Source | undefined {
  const absolute = resolve(cwd, path ?? configName);
  const file = path ?? configName;
  let bytes: Uint8Array;
  try {
    bytes = readNamed({ fs, cwd }, { file, most: mostBytes });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = errorCode(error);
    if (path === undefined && code === 'ENOENT') return undefined;
    throw new UsageError(`${file}: ${reasons[code] ?? code}${nearPathHint(fs, cwd, file)}`);
  }
  return { path: absolute, file: relative(cwd, absolute) || absolute, ...decode(bytes) };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a directory',
  EACCES: 'permission denied',
  ENOTDIR: 'no such file',
};

function errorCode(error: unknown): string {
  const hasCode = error instanceof Error && 'code' in error && typeof error.code === 'string';
  if (!hasCode) throw error;
  return String(error.code);
}

function refuse(problems: readonly { readonly message: string; readonly span: Span }[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ message, span: { source, start } }) => {
    const { line, column } = positionAt(source, start);
    return `${source.file}:${line}:${column}: ${message}`;
  });
  throw new UsageError(lines.join('\n'));
}
