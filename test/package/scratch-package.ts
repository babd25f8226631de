import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The example host that the installed command is run on. */
export const exampleHost = join(root, 'examples/php-upgrade');

/** Builds `dist` from the sources of this working tree into a directory. */
export function build(source: string, target: string): void {
  execFileSync(process.execPath, [join(source, 'scripts/build.mjs'), target]);
}

/** Copies what the package is made of, and some that must not get into it, to a directory of its own, and builds it there. */
export function stage(directory: string): void {
  const copied = [
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'tsconfig.json',
    'src',
    'rules',
    'scripts',
  ];
  for (const name of copied) cpSync(join(root, name), join(directory, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  build(directory, join(directory, 'dist'));
}

/** What `npm pack` tells of a package. */
export interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** Packs a staged package as npm does before it publishes; what `prepare` would build is built already. */
export function pack(directory: string, destination: string): Packed {
  const [packed] = JSON.parse(
    npm(directory, 'pack', '--ignore-scripts', '--json', '--pack-destination', destination),
  );
  return packed;
}

/** Runs npm without a network and without what a user has configured. */
export function npm(cwd: string, ...parameters: readonly string[]): string {
  const { PATH } = process.env;
  const env = { PATH, HOME: cwd, npm_config_cache: join(cwd, '.npm'), npm_config_offline: 'true' };
  return execFileSync('npm', [...parameters], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The files of a directory, each with what its bytes come to. */
export function digestsOf(directory: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(directory).map((name) => [name, digestOf(join(directory, name))]));
}

/** What the bytes of a file come to. */
export function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The versions of Node that `npm run nodes` has brought, by what was asked for. */
export function otherNodes(): ReadonlyMap<string, string> {
  const cache = join(root, 'node_modules/.cache/no502-nodes');
  const binary = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  return new Map(
    versionsIn(cache).map((version) => [version, join(cache, version, 'node_modules', binary, 'bin/node')]),
  );
}

function versionsIn(cache: string): readonly string[] {
  try {
    return readdirSync(cache).sort();
  } catch {
    return [];
  }
}
