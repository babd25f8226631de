// Runs as `prepare`, where npm makes the package from a clone: pre-commit does so, and `npm install -g github:no502/no502`.
// With -g npm hands that option on to the install in the clone, which then brings nothing of what building needs.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!existsSync(`${root}node_modules/esbuild`)) {
  execSync('npm ci --ignore-scripts --no-audit --no-fund', {
    cwd: root,
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
await import('./build.mjs');
