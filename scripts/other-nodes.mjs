// Brings the versions of Node that no502 has to run on, beside the one that runs this: `npm run nodes`. They come from the
// npm registry, are no dependencies, and test/package uses them where they are.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The oldest of each line that package.json names, and the newest line. */
const versions = ['20.19.0', '22.12.0', '24'];

const cache = fileURLToPath(new URL('../node_modules/.cache/no502-nodes/', import.meta.url));
const binary = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

for (const version of versions) {
  const prefix = join(cache, version);
  mkdirSync(prefix, { recursive: true });
  execFileSync(
    'npm',
    [
      ...['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
      `${binary}@${version}`,
    ],
    { stdio: 'inherit' },
  );
  const node = join(prefix, 'node_modules', binary, 'bin', 'node');
  process.stdout.write(`${node}: ${execFileSync(node, ['--version'], { encoding: 'utf8' })}`);
}
