// Runs the lab: bundles test/lab/lab.ts, because Node 20 cannot run TypeScript itself, and starts it with the same arguments.
import { mkdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const outfile = `${root}node_modules/.cache/no502-lab/lab.mjs`;
mkdirSync(`${root}node_modules/.cache/no502-lab`, { recursive: true });
await build({
  entryPoints: ['test/lab/lab.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  // Installed packages are loaded as they are: esbuild itself cannot be bundled.
  packages: 'external',
  logLevel: 'error',
});
await import(pathToFileURL(outfile).href);
