// Runs the fuzzer: bundles test/fuzz, because Node 20 cannot run TypeScript itself, and starts it with the same arguments.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const outdir = `${root}node_modules/.cache/no502-fuzz`;
await build({
  entryPoints: ['test/fuzz/fuzz.ts', 'test/fuzz/worker.ts'],
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
});
await import(pathToFileURL(`${outdir}/fuzz.mjs`).href);
