import { relative, resolve } from 'node:path';
import type { Schema } from '../config/schema.ts';
import { validate } from '../config/validate.ts';
import { severities } from '../engine/severity.ts';
import type { BaselineEntry } from '../engine/summary.ts';
import { ERRNO, errorCodeOf } from '../load/errno.ts';
import { readNamed } from '../load/fence.ts';
import type { FileSystem } from '../load/file-system.ts';
import { nearPathHint } from '../load/near-path.ts';
import { UsageError } from '../load/usage-error.ts';
import { decode, positionAt, type Source } from '../syntax/source.ts';
import { parseYaml, type YamlMap, type YamlNode } from '../syntax/yaml.ts';
import type { Baseline } from './baseline.ts';

/** From where to read a baseline. */
export interface BaselinePlace {
  readonly fs: FileSystem;
  readonly cwd: string;
  /** The directory that plays `/`, as the user gave it. */
  readonly root?: string;
  /** As the user gave it. */
  readonly file: string;
  /** True where it is about to be written, so that it need not be there. */
  readonly mayBeMissing: boolean;
}

/**
 * Reads a baseline.
 *
 * @throws UsageError where it is missing, or broken: with the place, as half of a baseline must not pass for a whole one.
 */
export async function readBaseline({ fs, cwd, root, file, mayBeMissing }: BaselinePlace): Promise<Baseline> {
  const path = resolve(cwd, file);
  let bytes: Uint8Array;
  try {
    bytes = readNamed({ fs, cwd, ...(root !== undefined && { root }) }, { file, most: mostBytes });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = errorCodeOf(error);
    if (code === 'ENOENT' && mayBeMissing) return { file, path, entries: [] };
    const hint = code === 'ENOENT' ? nearPathHint(fs, cwd, file) || '; --update-baseline makes it' : '';
    throw new UsageError(`${file}: ${ERRNO[code].message}${hint}`);
  }
  const source: Source = { path, file: relative(cwd, path) || path, ...decode(bytes) };
  return { file, path, entries: quickly(source.text) ?? (await slowly(source)) };
}

/** Some hundred thousand findings. */
const mostBytes = 1 << 26;

const fingerprintPattern = '^[0-9a-f]{32}$';
const isFingerprint = new RegExp(fingerprintPattern, 'u');
const nonEmpty: Schema = { type: 'string', minLength: 1 };

const schema: Schema = {
  type: 'object',
  properties: {
    version: { type: 'integer', minimum: 1, maximum: 1 },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          file: nonEmpty,
          rule: nonEmpty,
          severity: { type: 'string', enum: severities },
          message: { type: 'string' },
          fingerprint: { type: 'string', pattern: fingerprintPattern },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

/** The entries of a file as no502 wrote it; `undefined` for any other, which is then read with care. */
function quickly(text: string): readonly BaselineEntry[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Where it is broken is not what JSON.parse tells in every version of Node.
    return undefined;
  }
  if (!isObject(parsed) || parsed['version'] !== 1 || !Array.isArray(parsed['findings'])) return undefined;
  const found: readonly unknown[] = parsed['findings'];
  const entries = found.map((each) => (isObject(each) ? entryOf((key) => each[key]) : undefined));
  return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON is YAML, whose reader knows every place and goes on after an error. It takes a hundred times as long. */
async function slowly(source: Source): Promise<readonly BaselineEntry[]> {
  const { root, problems } = await parseYaml(source);
  const [problem] = problems.length > 0 || !root ? problems : validate(root, schema);
  if (problem) throw broken(source, problem.span.start, problem.message);
  if (root?.kind !== 'map') throw broken(source, 0, 'the file must be a mapping');
  for (const key of ['version', 'findings']) {
    if (!nodeAt(root, key)) throw broken(source, 0, `the file needs ${key}`);
  }
  const list = nodeAt(root, 'findings');
  const items = list?.kind === 'list' ? list.items : [];
  return items.map((item) => {
    const entry = item.kind === 'map' ? entryOf((key) => scalarOf(nodeAt(item, key))) : undefined;
    if (entry) return entry;
    throw broken(source, item.span.start, 'the finding needs file, rule, severity, message and fingerprint');
  });
}

function entryOf(value: (key: string) => unknown): BaselineEntry | undefined {
  const text = (key: string): string | undefined => {
    const given = value(key);
    return typeof given === 'string' ? given : undefined;
  };
  const [rule, file, message, fingerprint] = ['rule', 'file', 'message', 'fingerprint'].map(text);
  const severity = severities.find((known) => known === value('severity'));
  if (rule === undefined || file === undefined || message === undefined) return undefined;
  if (fingerprint === undefined || !isFingerprint.test(fingerprint) || !severity) return undefined;
  return { rule, severity, file, message, fingerprint };
}

function nodeAt(map: YamlMap, key: string): YamlNode | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

function scalarOf(node: YamlNode | undefined): unknown {
  return node?.kind === 'scalar' ? node.value : undefined;
}

function broken(source: Source, start: number, message: string): UsageError {
  const { line, column } = positionAt(source, start);
  return new UsageError(`${source.file}:${line}:${column}: ${message}`);
}
